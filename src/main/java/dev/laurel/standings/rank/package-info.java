/** Order, places and ranks, and what every source of a ranking answers. */
package dev.laurel.standings.rank;
