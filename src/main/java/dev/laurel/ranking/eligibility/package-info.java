/** Whether a player may play on a board now. */
package dev.laurel.ranking.eligibility;
