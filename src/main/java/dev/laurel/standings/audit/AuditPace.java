package dev.laurel.standings.audit;

import io.smallrye.mutiny.Uni;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How fast a scheduled run goes: after each page it pauses nine times as long as the page took, so it takes a tenth of the
 * time of one connection at most, and slows down where the stores do. It ends after a part of an interval, and after so many
 * standings.
 */
final class AuditPace {
    private static final int PAUSES = 9;

    /** After a page of which many standings had to be looked at twice. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final long started = System.nanoTime();
    private final long ends;
    private final long mostRows;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicReference<Throwable> first = new AtomicReference<>();

    /** @param limit time after which nothing more is begun */
    AuditPace(Duration limit, long mostRows) {
        this.ends = limit.toNanos();
        this.mostRows = mostRows;
    }

    /** Does something and pauses. */
    Uni<Void> then(AuditReads reads, Uni<Void> page) {
        return Uni.createFrom().deferred(() -> {
            long begun = System.nanoTime();
            return page.chain(() -> reads.pause(pause(System.nanoTime() - begun)));
        });
    }

    private static Duration pause(long tookNanos) {
        Duration pause = Duration.ofNanos(PAUSES * tookNanos);
        if (pause.compareTo(LONGEST) > 0) {
            return LONGEST;
        }
        return pause.compareTo(AuditPass.BREATH) < 0 ? AuditPass.BREATH : pause;
    }

    /** Something could not be looked at; the rest goes on, and the run counts as failed. */
    private void failed(Throwable failure) {
        first.compareAndSet(null, failure);
    }

    /** What it yields, or null where it fails. */
    <T> Uni<T> orSkip(Uni<T> work) {
        return work.onFailure().invoke(this::failed).onFailure().recoverWithNull();
    }

    /** Fails with the first failure, if there was one. */
    Uni<Void> end() {
        Throwable failure = first.get();
        return failure == null ? Uni.createFrom().voidItem() : Uni.createFrom().failure(failure);
    }

    void compared(long more) {
        rows.addAndGet(more);
    }

    /** Whether there is time left, and more may be compared. */
    boolean goesOn() {
        return rows.get() < mostRows && System.nanoTime() - started < ends;
    }
}
