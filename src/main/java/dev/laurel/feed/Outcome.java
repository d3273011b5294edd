package dev.laurel.feed;

import java.time.Duration;

/**
 * What a turn has come to.
 *
 * @param again when to look again without being woken up; null for not
 */
record Outcome(Duration again) {
    /** Nothing left, as far as it is known. */
    static final Outcome DONE = new Outcome(null);

    /** At once: a full batch was read. */
    static final Outcome MORE = new Outcome(Duration.ZERO);

    /** Something is committed that has to wait for an older transaction; most of them take milliseconds. */
    static final Outcome HELD = new Outcome(Duration.ofMillis(15));

    /** Another process is at it: it may have read before what this one was woken up for was committed. */
    static final Outcome ELSEWHERE = new Outcome(Duration.ofMillis(30));
}
