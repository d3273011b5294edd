/** Leagues: cohorts of players in each week or month of a board, with promotion and demotion between tiers. */
package dev.laurel.league;
