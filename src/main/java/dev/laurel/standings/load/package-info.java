/** Fills the sorted sets from PostgreSQL, and repairs them. */
package dev.laurel.standings.load;
