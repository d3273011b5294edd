/** Tiers: classes of the players of a board by their scores, ranks or percentiles, as its owner defines them. */
package dev.laurel.tier;
