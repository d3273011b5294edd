package dev.laurel.limit;

/**
 * The generic cell rate algorithm: permits come back evenly, and so many can be taken at once. Its state is one moment, at
 * which all permits are back. All times are microseconds; {@code redis/limit/take.lua} computes the same.
 *
 * @param limit permits in a window
 * @param windowMicros its length
 * @param toleranceMicros how far ahead the moment may lie: as long as the permits that can be taken at once take to come back
 */
record Gcra(long limit, long windowMicros, long toleranceMicros) {
    Gcra {
        if (limit < 1 || windowMicros < 1) {
            throw new IllegalArgumentException("A limit and its window are positive");
        }
    }

    /** All permits of a window can be taken at once. */
    static Gcra of(long limit, long windowMicros) {
        return new Gcra(limit, windowMicros, windowMicros);
    }

    /** The part of one of several processes that cannot ask each other: each has its part of the permits, at least one. */
    Gcra share(int processes) {
        long longer = windowMicros * processes;
        return new Gcra(limit, longer, Math.max(toleranceMicros, longer / limit + 1));
    }

    /** How long so many permits take to come back. */
    long cost(long permits) {
        return permits * windowMicros / limit;
    }

    /** The permits that can be taken now. */
    long free(long whole, long now) {
        return Math.max(0, (now + toleranceMicros - Math.max(whole, now)) * limit / windowMicros);
    }

    /** When all permits are back after so many were taken now. */
    long after(long whole, long now, long permits) {
        return Math.max(whole, now) + cost(permits);
    }

    /** How long until so many permits can be taken, at most as many as can be taken at once. */
    long wait(long whole, long now, long permits) {
        // Rounded up, so that they are there after it.
        long needed = (permits * windowMicros + limit - 1) / limit;
        return Math.max(0, Math.max(whole, now) + needed - toleranceMicros - now);
    }
}
