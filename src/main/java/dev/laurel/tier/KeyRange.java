package dev.laurel.tier;

import dev.laurel.standings.rank.OrderKey;

/** A stretch of a ranking, both ends included, whether or not players occupy them. */
record KeyRange(OrderKey first, OrderKey last) {
    /** No player has this tie, so no id has to be compared. */
    private static final long BEFORE_ALL = Long.MIN_VALUE;

    private static final long AFTER_ALL = Long.MAX_VALUE;

    static final KeyRange ALL = of(Long.MIN_VALUE, Long.MAX_VALUE);
    static final KeyRange NOBODY = of(Long.MAX_VALUE, Long.MIN_VALUE);

    /** All standings whose sort keys are within bounds. */
    static KeyRange of(long best, long worst) {
        return new KeyRange(from(best), upTo(worst));
    }

    /** The first place of a score. */
    static OrderKey from(long sortKey) {
        return new OrderKey(sortKey, BEFORE_ALL, "");
    }

    /** The last place of a score. */
    static OrderKey upTo(long sortKey) {
        return new OrderKey(sortKey, AFTER_ALL, "");
    }

    KeyRange startingAt(OrderKey key) {
        return new KeyRange(key, last);
    }

    KeyRange endingAt(OrderKey key) {
        return new KeyRange(first, key);
    }

    boolean includes(OrderKey key) {
        return first.compareTo(key) <= 0 && key.compareTo(last) <= 0;
    }

    /** Whether scores alone decide. */
    boolean ofScores() {
        return first.tie() == BEFORE_ALL && last.tie() == AFTER_ALL;
    }
}
