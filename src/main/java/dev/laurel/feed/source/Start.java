package dev.laurel.feed.source;

import java.time.Instant;
import java.util.Objects;

/** Where a follower begins that has never run. */
public final class Start {
    /** With the oldest item that is kept. */
    public static final Start BEGINNING = new Start(null, false);

    /** With what is committed once it is known; what was being written then may be among it. */
    public static final Start NOW = new Start(null, true);

    private final Instant instant;
    private final boolean now;

    private Start(Instant instant, boolean now) {
        this.instant = instant;
        this.now = now;
    }

    /** With what was accepted, closed or changed at an instant or later. */
    public static Start at(Instant instant) {
        return new Start(Objects.requireNonNull(instant), false);
    }

    /** Null when it is none. */
    Instant instant() {
        return instant;
    }

    boolean isNow() {
        return now;
    }
}
