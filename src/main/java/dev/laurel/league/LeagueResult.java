package dev.laurel.league;

import java.time.Instant;

/**
 * What a player has reached in one window.
 *
 * @param tier from 1, the lowest
 * @param rank in the cohort; null without a final rank
 * @param score in units; null without a final rank
 * @param players in the cohort
 * @param tied whether a player with the same score had another outcome
 */
public record LeagueResult(
        String windowId,
        int tier,
        String tierName,
        long cohort,
        Integer rank,
        Long score,
        long players,
        String outcome,
        boolean tied,
        Instant settledAt) {}
