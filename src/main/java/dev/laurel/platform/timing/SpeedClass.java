package dev.laurel.platform.timing;

import java.util.Locale;

/** A class of requests by how long they took. */
public enum SpeedClass {
    FAST,
    OK,
    SLOW,
    VERY_SLOW;

    /** Whether operators want to know which request it was. */
    public boolean isSlow() {
        return this == SLOW || this == VERY_SLOW;
    }

    /** The value of the tag in the metrics. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
