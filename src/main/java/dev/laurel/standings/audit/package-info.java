/** Compares the two stores, and has differences repaired. */
package dev.laurel.standings.audit;
