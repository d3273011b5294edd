package dev.laurel.ranking.group;

import dev.laurel.shared.LaurelException.InvalidInput;

/** How the scores of a group's members are combined to that of the group. */
public enum Rollup {
    /** The sum of all ranked members. */
    SUM,
    /** The mean of all ranked members. */
    AVERAGE,
    /** The sum of the best members. */
    BEST_K;

    /** Maximum of {@code k}, the number of best members that count. */
    public static final int MAX_K = 10_000;

    private static final int DEFAULT_K = 3;

    /**
     * How many of the best members count.
     *
     * @param k null for the default
     * @throws InvalidInput when {@code k} is given although all members count
     */
    public int counted(Integer k) {
        if (this == BEST_K) {
            return k == null ? DEFAULT_K : k;
        }
        if (k != null) {
            throw new InvalidInput("k", "must only be given with rollup=BEST_K");
        }
        return Integer.MAX_VALUE;
    }
}
