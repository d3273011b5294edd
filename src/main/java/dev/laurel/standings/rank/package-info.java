/** Order, places and ranks, and what every source of a ranking returns. */
package dev.laurel.standings.rank;
