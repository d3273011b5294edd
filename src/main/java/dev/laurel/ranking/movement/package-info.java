/** How players have moved in rankings: since the previous window, or since the end of a day that is kept. */
package dev.laurel.ranking.movement;
