package dev.laurel.ranking;

import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;

/**
 * The place that a newcomer with the given score would take.
 *
 * @param score in units of the board's smallest decimal
 * @param percentile in [0, 100], the newcomer counted among the players
 * @param total players in the window as it is, without the newcomer
 */
public record WhatIf(RankingRef ranking, Source source, long score, long rank, double percentile, long total) {}
