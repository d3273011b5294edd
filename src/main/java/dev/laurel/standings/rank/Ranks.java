package dev.laurel.standings.rank;

import dev.laurel.board.RankMode;

import java.util.ArrayList;
import java.util.List;

/** The one place where ranks are computed, whatever store the standings come from. */
public final class Ranks {
    private Ranks() {}

    /**
     * The rank at a place.
     *
     * @param position place in the total order, from 0
     * @param better number of players with a strictly better score
     * @param distinctBetter number of distinct better scores
     */
    public static long at(RankMode mode, long position, long better, long distinctBetter) {
        return switch (mode) {
            case COMPETITION -> better + 1;
            case DENSE -> distinctBetter + 1;
            case ORDINAL -> position + 1;
        };
    }

    /** The ranks of the standings of a slice. */
    public static List<Ranked> of(RankMode mode, RankingSlice slice) {
        return slice.placed() == null
                ? ofConsecutive(mode, slice)
                : slice.placed().stream().map(placed -> of(mode, placed)).toList();
    }

    /** The rank of a standing whose place is known. */
    public static Ranked of(RankMode mode, Placed placed) {
        long rank = at(mode, placed.position(), placed.better(), placed.distinctBetter());
        return new Ranked(rank, placed.position(), placed.standing());
    }

    /** The rank of a player who has a standing. */
    public static Ranked own(RankMode mode, Place place) {
        return of(mode, place.around()).stream()
                .filter(one -> one.position() == place.position())
                .findFirst()
                .orElseThrow();
    }

    private static List<Ranked> ofConsecutive(RankMode mode, RankingSlice slice) {
        List<Ranked> ranked = new ArrayList<>(slice.standings().size());
        long position = slice.first();
        long better = slice.better();
        long distinctBetter = slice.distinctBetter();
        Standing previous = null;
        for (Standing standing : slice.standings()) {
            if (previous != null && previous.score() != standing.score()) {
                better = position;
                distinctBetter++;
            }
            ranked.add(new Ranked(at(mode, position, better, distinctBetter), position, standing));
            previous = standing;
            position++;
        }
        return ranked;
    }

    /**
     * The percentile rank: the share of ranked players that a player is strictly better than, plus half of those with
     * the same score, the player among them; in [0, 100], rounded to two decimals.
     *
     * @param equal number of players with the same score, the player included
     */
    public static double percentile(long total, long better, long equal) {
        double below = total - better - equal + equal / 2.0;
        return Math.round(10_000 * below / total) / 100.0;
    }
}
