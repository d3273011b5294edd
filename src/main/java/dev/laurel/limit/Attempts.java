package dev.laurel.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts wrong credentials by address, in this process alone: what it bounds is the work of this process, and a question to Redis
 * would be part of it. Called by several threads.
 */
public final class Attempts {
    /** Addresses that are remembered; beyond it those that tried least often are forgotten. */
    private static final int MAX_ADDRESSES = 50_000;

    private static final long MICROS_A_MILLI = 1_000;

    private final Gcra rule;
    private final Clock clock;
    /** When all attempts of an address are back, in microseconds. */
    private final Cache<String, AtomicLong> whole = Caffeine.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .executor(Runnable::run)
            .build();

    /** @param permits in a minute, all of which can be used at once */
    public Attempts(long permits, Clock clock) {
        this.rule = Gcra.of(permits, TimeUnit.MINUTES.toMicros(1));
        this.clock = clock;
    }

    /** Takes an attempt; how long to wait for one when none is left, zero when it was taken. */
    public Duration take(String address) {
        AtomicLong state = whole.get(address, absent -> new AtomicLong());
        long now = now();
        long before = state.get();
        while (rule.free(before, now) > 0) {
            if (state.compareAndSet(before, rule.after(before, now, 1))) {
                return Duration.ZERO;
            }
            before = state.get();
        }
        return Duration.of(Math.max(1, rule.wait(before, now, 1)), ChronoUnit.MICROS);
    }

    /** Gives one back that was taken. */
    public void giveBack(String address) {
        AtomicLong state = whole.getIfPresent(address);
        if (state != null) {
            state.addAndGet(-rule.cost(1));
        }
    }

    private long now() {
        return clock.millis() * MICROS_A_MILLI;
    }
}
