/** Compares both stores, and has repaired what differs. */
package dev.laurel.standings.audit;
