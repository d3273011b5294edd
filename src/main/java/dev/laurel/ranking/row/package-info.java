/** Rows with everything: what entries of a ranking show of their players by all metrics of the board. */
package dev.laurel.ranking.row;
