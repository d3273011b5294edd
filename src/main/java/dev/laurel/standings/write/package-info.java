/** Writes batches of events, and corrections of them, into both stores. */
package dev.laurel.standings.write;
