package dev.laurel.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Clock;
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

    /** Whether an address has had all of its wrong ones. */
    public boolean isExhausted(String address) {
        AtomicLong state = whole.getIfPresent(address);
        return state != null && rule.free(state.get(), now()) == 0;
    }

    /** Counts a wrong one; beyond the limit none is added, so that an address has some again a minute after the last flood. */
    public void failed(String address) {
        long now = now();
        whole.get(address, absent -> new AtomicLong())
                .updateAndGet(before -> rule.free(before, now) > 0 ? rule.after(before, now, 1) : before);
    }

    private long now() {
        return clock.millis() * MICROS_A_MILLI;
    }
}
