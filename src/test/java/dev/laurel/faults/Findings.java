package dev.laurel.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;

/** What the load saw: how much was done, how long the slowest took, and everything that must not be. */
final class Findings {
    private static final int KEPT = 5;

    final AtomicLong sent = new AtomicLong();
    final AtomicLong acknowledged = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong unanswered = new AtomicLong();

    /** Events refused because of when they occurred. */
    final AtomicLong late = new AtomicLong();

    /** Events that were counted, but not answered before the connection was closed. */
    final AtomicLong cutOff = new AtomicLong();

    final AtomicLong duplicates = new AtomicLong();
    final AtomicLong reads = new AtomicLong();
    final AtomicLong readsRefused = new AtomicLong();
    final AtomicLong readsUnanswered = new AtomicLong();
    final LongAccumulator slowestRead = new LongAccumulator(Math::max, 0);
    final AtomicReference<String> firstReadRefused = new AtomicReference<>();
    final AtomicReference<String> firstReadUnanswered = new AtomicReference<>();
    final AtomicLong wrong = new AtomicLong();
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

    /** The moment of the last acknowledgement, by the clock of {@link System#nanoTime()}. */
    final AtomicLong lastAcknowledged = new AtomicLong(System.nanoTime());

    void violation(String what) {
        if (wrong.incrementAndGet() <= KEPT) {
            violations.add(what);
        }
    }

    void assertNone() {
        assertThat(List.copyOf(violations))
                .as("%d violations; the seed is %d", wrong.get(), FaultSettings.SEED)
                .isEmpty();
    }

    @Override
    public String toString() {
        return "sent %d, acknowledged %d (%d as duplicates), refused %d, unanswered %d; reads %d (slowest %d ms), "
                        .formatted(
                                sent.get(),
                                acknowledged.get(),
                                duplicates.get(),
                                refused.get(),
                                unanswered.get(),
                                reads.get(),
                                Duration.ofNanos(slowestRead.get()).toMillis())
                + "refused %d, unanswered %d; wrong %d"
                        .formatted(readsRefused.get(), readsUnanswered.get(), wrong.get());
    }
}
