package dev.laurel.feed;

import dev.laurel.feed.ShardWrites.Writing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long a shard of a follower rests between two turns. Items that arrive meanwhile are processed together, and writers get the
 * processors first for as long as nothing is late.
 */
final class Pace {
    /** A multiple of the duration of the turn, so that followers take only a small part of PostgreSQL from writers. */
    private static final int REST_FACTOR = 8;

    private static final long SHORTEST_REST_MILLIS = 10;
    private static final long LONGEST_REST_MILLIS = 200;

    /** While more comes in than a turn takes. */
    private static final int YIELD_FACTOR = 16;

    private static final long LONGEST_YIELD_MILLIS = 1_000;

    /** How often it is checked whether writers still need them. */
    static final long STEP_MILLIS = 50;

    private final Duration patience;
    private final Duration importPatience;

    /**
     * Rests by two settings.
     *
     * @param patience age of an item from which it no longer waits for writers
     * @param importPatience the same while this process works on an import
     */
    Pace(Duration patience, Duration importPatience) {
        this.patience = patience;
        this.importPatience = importPatience;
    }

    /**
     * The rest after a turn in milliseconds; 0 for none.
     *
     * @param turn duration of the turn in nanoseconds
     * @param writing what this process is writing in the shard
     */
    long rest(Outcome outcome, long turn, Writing writing) {
        long millis = TimeUnit.NANOSECONDS.toMillis(turn);
        if (!outcome.isMore()) {
            return Math.max(SHORTEST_REST_MILLIS, Math.min(LONGEST_REST_MILLIS, millis * REST_FACTOR));
        }
        boolean yields = outcome.oldest().compareTo(patience(writing)) < 0;
        return yields ? Math.min(LONGEST_YIELD_MILLIS, millis * YIELD_FACTOR) : 0;
    }

    private Duration patience(Writing writing) {
        return switch (writing) {
            case NOTHING -> Duration.ZERO;
            case EVENTS -> patience;
            case IMPORT -> importPatience;
        };
    }
}
