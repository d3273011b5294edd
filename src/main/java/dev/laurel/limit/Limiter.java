package dev.laurel.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Counts requests against the limits of their clients. Most are decided by permits that the process holds; the others wait for
 * one question to Redis that they share. Without an answer in time they are decided by the process's share.
 */
final class Limiter {
    /** Clients whose permits are held; beyond it those asked for least go, and lose a hundredth of their limit. */
    private static final int MAX_CLIENTS = 50_000;

    private static final long COUNT_EVERY_MICROS = 10_000_000;
    private static final long MICROS_A_MILLI = 1_000;

    private final SharedPermits shared;
    private final Clock clock;
    private final Duration patience;
    private final Runnable alone;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_CLIENTS)
            .executor(Runnable::run)
            .build();
    private final AtomicLong countAfter = new AtomicLong();
    private volatile int processes = 1;

    /**
     * @param patience how long requests wait for an answer
     * @param alone called when there was none
     */
    Limiter(SharedPermits shared, Clock clock, Duration patience, Runnable alone) {
        this.shared = shared;
        this.clock = clock;
        this.patience = patience;
        this.alone = alone;
    }

    /**
     * Counts a request of a client.
     *
     * @param client names it, together with the limit
     * @param later called with the verdict when that takes time, on any thread
     * @return the verdict; null when it takes time
     */
    Verdict take(String client, Limit limit, Consumer<Verdict> later) {
        return take(client, limit.rule(), 1, later);
    }

    /** As above, so many permits, by another rule: see {@link Bucket#take}. */
    Verdict take(String client, Gcra rule, int permits, Consumer<Verdict> later) {
        long now = now();
        Bucket bucket = buckets.get(client, absent -> new Bucket(rule, Limit.batch(rule)));
        Verdict verdict = bucket.take(now, processes, permits, later);
        Bucket.Question question = bucket.question(now);
        if (question != null) {
            ask(client, bucket, question);
        }
        return verdict;
    }

    private void ask(String client, Bucket bucket, Bucket.Question question) {
        count();
        shared.take(client, now(), question)
                .ifNoItem()
                .after(patience)
                .fail()
                .subscribe()
                .with(
                        grant -> {
                            long now = now();
                            run(bucket.granted(now, question, grant.permits(), grant.whole()));
                            // Requests that came after the question was asked.
                            Bucket.Question next = bucket.question(now);
                            if (next != null) {
                                ask(client, bucket, next);
                            }
                        },
                        failure -> {
                            alone.run();
                            run(bucket.failed(now(), processes));
                        });
    }

    private static void run(List<Runnable> ended) {
        ended.forEach(Runnable::run);
    }

    /** Learns from time to time how many processes there are, for when they cannot be asked. */
    private void count() {
        long now = now();
        long due = countAfter.get();
        if (now >= due && countAfter.compareAndSet(due, now + COUNT_EVERY_MICROS)) {
            counted().subscribe().with(ignored -> {}, failure -> {});
        }
    }

    /** Learns how many processes there are. */
    Uni<Integer> counted() {
        return shared.processes(now()).invoke(found -> processes = found);
    }

    private long now() {
        return clock.millis() * MICROS_A_MILLI;
    }
}
