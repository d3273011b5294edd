package dev.laurel.feed.source;

import java.time.Instant;
import java.util.Objects;

/** Where a follower that has never run begins. */
public final class Start {
    /** At the oldest stored item. */
    public static final Start BEGINNING = new Start(null, false);

    /** At the items committed once the follower is known; items being written at that moment may be included. */
    public static final Start NOW = new Start(null, true);

    private final Instant instant;
    private final boolean now;

    private Start(Instant instant, boolean now) {
        this.instant = instant;
        this.now = now;
    }

    /** At the items accepted, closed or changed at an instant or later. */
    public static Start at(Instant instant) {
        return new Start(Objects.requireNonNull(instant), false);
    }

    /** Null when it does not begin at an instant. */
    Instant instant() {
        return instant;
    }

    boolean isNow() {
        return now;
    }
}
