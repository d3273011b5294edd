package dev.laurel.standings.rank;

import java.util.List;

/**
 * Consecutive standings of a ranking, read in one snapshot.
 *
 * @param total players in the window
 * @param first place of the first of them in the total order, from 0
 * @param better number of players with a strictly better score than the first
 * @param distinctBetter number of distinct scores better than that of the first; 0 on boards whose ranks are not
 *     dense
 */
public record RankingSlice(long total, long first, long better, long distinctBetter, List<Standing> standings) {}
