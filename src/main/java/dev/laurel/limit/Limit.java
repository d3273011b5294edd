package dev.laurel.limit;

import java.time.Duration;

/**
 * How many requests of a kind one client may make in a minute.
 *
 * @param kind of the requests
 * @param permits in a minute, all of which can be used at once
 */
public record Limit(Kind kind, long permits) {
    /** The window of all limits. */
    public static final Duration WINDOW = Duration.ofMinutes(1);

    /**
     * A process takes the hundredth part of a limit at once, and the next one when half of it is left. So three processes hold
     * fewer than 5 % of a limit that nobody uses.
     */
    private static final int BATCHES = 100;

    public Limit {
        if (permits < 1) {
            throw new IllegalArgumentException("laurel.limits." + kind.text() + " has to allow one request at least");
        }
    }

    Gcra rule() {
        return Gcra.of(permits, WINDOW.toNanos() / 1_000);
    }

    /** The permits that a process takes at once. */
    static int batch(Gcra rule) {
        return (int) Math.max(1, rule.limit() / BATCHES);
    }

    /** As the header {@code RateLimit-Policy} states it. */
    public String policy() {
        return "\"" + kind.text() + "\";q=" + permits + ";w=" + WINDOW.toSeconds();
    }

    /** What is limited apart. */
    public enum Kind {
        READS,
        WRITES,
        /** Uploads of files, and what is done with them. */
        IMPORTS;

        private final String text = name().toLowerCase(java.util.Locale.ROOT);

        /** In lower case. */
        public String text() {
            return text;
        }
    }
}
