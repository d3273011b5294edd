package dev.laurel.ranking.group;

import dev.laurel.shared.LaurelException.InvalidInput;

/**
 * How the scores of a group's members are combined to that of the group.
 *
 * @param kind of combination
 * @param k how many of the best members count; only for {@link Kind#BEST_K}
 */
public record Rollup(Kind kind, int k) {
    /** Maximum of {@code k}. */
    public static final int MAX_K = 10_000;

    /** @throws InvalidInput when {@code k} is given for a combination of all members */
    public static Rollup of(Kind kind, Integer k) {
        if (k != null && kind != Kind.BEST_K) {
            throw new InvalidInput("k", "must only be given with rollup=BEST_K");
        }
        return new Rollup(kind, kind != Kind.BEST_K ? Integer.MAX_VALUE : k == null ? Kind.DEFAULT_K : k);
    }

    /** The kinds of combinations. */
    public enum Kind {
        /** The sum of all ranked members. */
        SUM,
        /** The mean of all ranked members. */
        AVERAGE,
        /** The sum of the best members. */
        BEST_K;

        /** How many members count if nothing else is asked for. */
        static final int DEFAULT_K = 3;
    }
}
