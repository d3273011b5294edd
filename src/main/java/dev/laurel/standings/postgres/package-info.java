/** Rankings that PostgreSQL computes, and those it has stored. */
package dev.laurel.standings.postgres;
