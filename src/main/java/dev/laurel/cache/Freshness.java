package dev.laurel.cache;

import java.time.Duration;

/** Whether what this process keeps in memory is trusted: only while it keeps checking for changes by other processes. */
public final class Freshness {
    /** How long values are trusted although changes could not be checked for. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(10).toNanos();

    private volatile long lookedAt = System.nanoTime();

    public boolean isTrusted() {
        return System.nanoTime() - lookedAt < PATIENCE_NANOS;
    }

    /**
     * Notes that changes have been checked for.
     *
     * @param complete whether all of them were found
     * @param forgetAll called when some may have been missed
     */
    public void looked(boolean complete, Runnable forgetAll) {
        if (!complete || !isTrusted()) {
            forgetAll.run();
        }
        lookedAt = System.nanoTime();
    }
}
