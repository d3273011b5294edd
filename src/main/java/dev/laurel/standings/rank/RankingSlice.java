package dev.laurel.standings.rank;

import java.util.List;

/**
 * Standings of a ranking that follow each other, read in one snapshot. In stored rankings there may be gaps, where players
 * are no longer shown; the others keep their places.
 *
 * @param total players in the window
 * @param first place of the first of them in the total order, from 0
 * @param better number of players with a strictly better score than the first
 * @param distinctBetter number of distinct scores better than that of the first; 0 on boards whose ranks are not
 *     dense
 * @param placed the place of each standing; null where they follow each other without gaps
 */
public record RankingSlice(
        long total, long first, long better, long distinctBetter, List<Standing> standings, List<Placed> placed) {
    /** Consecutive standings. */
    public RankingSlice(long total, long first, long better, long distinctBetter, List<Standing> standings) {
        this(total, first, better, distinctBetter, standings, null);
    }

    /** Standings whose places are known one by one. */
    public static RankingSlice of(long total, List<Placed> placed, long emptyAt) {
        if (placed.isEmpty()) {
            return new RankingSlice(total, emptyAt, 0, 0, List.of());
        }
        Placed first = placed.get(0);
        List<Standing> standings = placed.stream().map(Placed::standing).toList();
        return new RankingSlice(
                total, first.position(), first.better(), first.distinctBetter(), standings, List.copyOf(placed));
    }
}
