package dev.laurel.feed;

import java.time.Duration;

/**
 * The outcome of a turn.
 *
 * @param again when to look again without a wake-up; null for not at all
 * @param oldest age of the first item that was handled; zero when there was none
 */
record Outcome(Duration again, Duration oldest) {
    /** Nothing left, as far as known. */
    static final Outcome DONE = new Outcome(null, Duration.ZERO);

    /** A committed item has to wait for an older transaction; most of them take milliseconds. */
    static final Outcome HELD = new Outcome(Duration.ofMillis(15));

    /** Another process is working on it, and may have read before the commit that woke up this one. */
    static final Outcome ELSEWHERE = new Outcome(Duration.ofMillis(30));

    Outcome(Duration again) {
        this(again, Duration.ZERO);
    }

    /** A full batch was read: there may be more. */
    static Outcome more(Duration oldest) {
        return new Outcome(Duration.ZERO, oldest);
    }

    boolean isMore() {
        return Duration.ZERO.equals(again);
    }
}
