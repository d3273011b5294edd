package dev.laurel.feed;

import java.time.Duration;

/**
 * The outcome of a turn.
 *
 * @param again when to look again without a wake-up; null for not at all
 */
record Outcome(Duration again) {
    /** Nothing left, as far as known. */
    static final Outcome DONE = new Outcome(null);

    /** At once: a full batch was read. */
    static final Outcome MORE = new Outcome(Duration.ZERO);

    /** A committed item has to wait for an older transaction; most of them take milliseconds. */
    static final Outcome HELD = new Outcome(Duration.ofMillis(15));

    /** Another process is working on it, and may have read before the commit that woke up this one. */
    static final Outcome ELSEWHERE = new Outcome(Duration.ofMillis(30));
}
