package dev.laurel.feed.source;

import java.time.Duration;

/**
 * How often in a row a follower has failed, and the search for the culprit: after some failures of a batch its first
 * half is tried, then the first half of whichever half has the culprit, down to a single item.
 *
 * @param failures 0 while all is well
 * @param suspects how many items after the cursor include the culprit; 0 before the search
 */
public record Attempts(int failures, int suspects) {
    public static final Attempts NONE = new Attempts(0, 0);

    /** Keeps the number in range and the delay from overflowing, however long a failure lasts. */
    private static final int MOST = 1_000_000;

    private static final int LONGEST_SHIFT = 20;

    /** How much more often a single item may take too long than a batch may fail. */
    private static final int SLOW = 3;

    /** How many items to try next. */
    public int size(int most) {
        return suspects == 0 ? most : Math.max(1, Math.min(most, suspects / 2));
    }

    /**
     * The state after this many items have failed together.
     *
     * @param bound failures after which the search for the culprit begins
     */
    public Attempts failed(int items, int bound) {
        int now = Math.min(MOST, failures + 1);
        return new Attempts(now, now >= bound ? items : 0);
    }

    /** The state after this many items have taken too long together: fewer are tried at once. */
    public Attempts tookTooLong(int items) {
        return new Attempts(Math.min(MOST, failures + 1), items);
    }

    /**
     * Whether the first item is to blame: it has taken too long alone, and so often that a lock of somebody else is no
     * excuse.
     *
     * @param bound as for {@link #failed}
     */
    public boolean isTooSlow(int bound) {
        return suspects == 1 && failures >= SLOW * bound;
    }

    /** After so many items are done. */
    public Attempts succeeded(int items) {
        return suspects <= items ? NONE : new Attempts(failures, suspects - items);
    }

    /** Whether the first item is to blame: it has failed alone, after its batch had failed often enough. */
    public boolean isFound() {
        return suspects == 1;
    }

    /** How long to wait before the next try; nothing while the culprit is being looked for. */
    public Duration delay(Duration first, Duration longest, boolean outage) {
        if (suspects > 0 && !outage) {
            return Duration.ZERO;
        }
        Duration grown = first.multipliedBy(1L << Math.min(LONGEST_SHIFT, Math.max(0, failures - 1)));
        return grown.compareTo(longest) < 0 ? grown : longest;
    }
}
