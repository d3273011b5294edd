package dev.laurel.score;

import dev.laurel.platform.meters.WriteTimes;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.window.Outdated;
import dev.laurel.standings.write.BatchRefused;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.WriteResult;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Commits events in batches: at most one batch is in flight, and the events that arrive meanwhile form the next one. At
 * low load a batch is one event and nothing waits; the higher the load, the larger the batches, and the fewer the
 * commits. Events submitted together are never divided.
 *
 * <p>A batch that is refused because of one event is retried in halves, so that only the offending one fails. A batch
 * that is outdated because a board or a window has changed is prepared again before any later event is sent. So events
 * are always committed in the order of their arrival.
 */
final class ScoreLane {
    /** A board or window would have to change during every one of the attempts. */
    private static final int MAX_RENEWALS = 3;

    /** For all events of a batch together: the lane is blocked meanwhile. */
    private static final Duration RENEWAL_PATIENCE = Duration.ofSeconds(2);

    private final BiFunction<List<ScoreWrite>, WriteTimes, Uni<List<WriteResult>>> commit;
    private final int maxBatch;
    private final int maxWaiting;
    // The lock guards the queue for moments only; it is never held while waiting for a result.
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private boolean busy;
    private int events;

    ScoreLane(BiFunction<List<ScoreWrite>, WriteTimes, Uni<List<WriteResult>>> commit, int maxBatch, int maxWaiting) {
        this.commit = commit;
        this.maxBatch = maxBatch;
        this.maxWaiting = maxWaiting;
    }

    /**
     * Submits events that belong together, usually one.
     *
     * @param again prepares the events again for the then current boards and windows
     * @return their outcomes in order, on the caller's context; fails with {@link Unavailable} when the lane is full or the
     *     board keeps changing, else as {@code again} or the store does
     */
    Uni<List<Committed>> submit(List<ScoreWrite> writes, Supplier<Uni<List<ScoreWrite>>> again) {
        return Uni.createFrom().emitter(emitter -> {
            Waiting waiting = new Waiting(writes, again, emitter, Vertx.currentContext(), System.nanoTime());
            List<Waiting> batch = null;
            lock.lock();
            try {
                if (events + writes.size() > maxWaiting && events > 0) {
                    emitter.fail(Unavailable.overloaded("Too many score events are waiting to be written"));
                    return;
                }
                queue.add(waiting);
                events += writes.size();
                if (!busy) {
                    busy = true;
                    batch = nextBatch();
                }
            } finally {
                lock.unlock();
            }
            if (batch != null) {
                send(batch);
            }
        });
    }

    /** Events waiting for the next batch. */
    int waiting() {
        lock.lock();
        try {
            return events;
        } finally {
            lock.unlock();
        }
    }

    /** Takes events from the queue in order, past those that must wait for one that is taken: {@link BatchMembers}. */
    private List<Waiting> nextBatch() {
        List<Waiting> batch = new ArrayList<>(Math.min(maxBatch, queue.size()));
        ArrayDeque<Waiting> held = new ArrayDeque<>();
        BatchMembers members = new BatchMembers();
        int size = 0;
        while (!queue.isEmpty()
                && (batch.isEmpty() || size + queue.peek().writes.size() <= maxBatch)) {
            Waiting next = queue.poll();
            // The first is always taken: nothing that it could wait for is under way.
            if (members.add(next.writes) || batch.isEmpty()) {
                size += next.writes.size();
                batch.add(next);
            } else {
                held.add(next);
            }
        }
        held.descendingIterator().forEachRemaining(queue::addFirst);
        events -= size;
        return batch;
    }

    private void send(List<Waiting> batch) {
        commitSplitting(batch, 0)
                .onTermination()
                .invoke(this::sendNext)
                .subscribe()
                .with(ignored -> {}, failure -> batch.forEach(one -> one.fail(failure)));
    }

    private void sendNext() {
        List<Waiting> batch;
        lock.lock();
        try {
            batch = nextBatch();
            busy = !batch.isEmpty();
        } finally {
            lock.unlock();
        }
        if (!batch.isEmpty()) {
            send(batch);
        }
    }

    private Uni<Void> commitSplitting(List<Waiting> batch, int renewals) {
        WriteTimes times = new WriteTimes();
        long sent = System.nanoTime();
        return Uni.createFrom()
                .deferred(() -> commit.apply(
                        batch.stream().flatMap(one -> one.writes.stream()).toList(), times))
                .invoke(written -> complete(batch, written, sent, times))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(
                        failure -> isOutdated(failure) ? renew(batch, renewals) : split(batch, renewals, failure));
    }

    private static boolean isOutdated(Throwable failure) {
        return BatchRefused.reasonOf(failure) instanceof Outdated;
    }

    /** Events that can no longer be prepared fail individually; the others are sent again, in order. */
    private Uni<Void> renew(List<Waiting> batch, int renewals) {
        if (renewals == MAX_RENEWALS) {
            batch.forEach(one -> one.fail(Unavailable.overloaded("The board or a window is being changed")));
            return Uni.createFrom().voidItem();
        }
        return Uni.join()
                .all(batch.stream().map(Waiting::renewed).toList())
                .andFailFast()
                .chain(renewed -> {
                    List<Waiting> left =
                            renewed.stream().filter(Objects::nonNull).toList();
                    return left.isEmpty() ? Uni.createFrom().voidItem() : commitSplitting(left, renewals + 1);
                });
    }

    private Uni<Void> split(List<Waiting> batch, int renewals, Throwable failure) {
        if (batch.size() == 1 || !wroteNothing(failure) || isOverloaded(failure)) {
            batch.forEach(one -> one.fail(BatchRefused.reasonOf(failure)));
            return Uni.createFrom().voidItem();
        }
        int half = batch.size() / 2;
        return commitSplitting(batch.subList(0, half), renewals)
                .chain(() -> commitSplitting(batch.subList(half, batch.size()), renewals));
    }

    /** Not the fault of any event: the halves would wait just as long, and the lane with them. */
    private static boolean isOverloaded(Throwable failure) {
        return BatchRefused.reasonOf(failure) instanceof Unavailable;
    }

    /** Only a batch refused as a whole may be sent again; failures after the commit are not among these. */
    private static boolean wroteNothing(Throwable failure) {
        return failure instanceof BatchRefused;
    }

    private static void complete(List<Waiting> batch, List<WriteResult> written, long sent, WriteTimes times) {
        int next = 0;
        for (Waiting one : batch) {
            Committed.Times took = new Committed.Times(sent - one.since, times.commitNanos(), times.redisNanos());
            one.complete(written.subList(next, next += one.writes.size()), took);
        }
    }

    /**
     * Events that belong together, and the caller waiting for them.
     *
     * @param since reading of the clock of durations when they came
     */
    private record Waiting(
            List<ScoreWrite> writes,
            Supplier<Uni<List<ScoreWrite>>> again,
            UniEmitter<? super List<Committed>> emitter,
            Context caller,
            long since) {
        /** The events as they must be written now, prepared on its caller's context; null when it has failed. */
        Uni<Waiting> renewed() {
            return Uni.createFrom()
                    .<List<ScoreWrite>>emitter(now -> onCaller(() ->
                            Uni.createFrom().deferred(again::get).subscribe().with(now::complete, now::fail)))
                    .ifNoItem()
                    .after(RENEWAL_PATIENCE)
                    .failWith(() -> Unavailable.overloaded("The board or a window is being changed"))
                    .map(now -> new Waiting(now, again, emitter, caller, since))
                    .onFailure()
                    .invoke(this::fail)
                    .onFailure()
                    .recoverWithNull();
        }

        void complete(List<WriteResult> written, Committed.Times took) {
            List<Committed> all = IntStream.range(0, writes.size())
                    .mapToObj(i -> new Committed(writes.get(i), written.get(i), took))
                    .toList();
            onCaller(() -> emitter.complete(all));
        }

        void fail(Throwable failure) {
            onCaller(() -> emitter.fail(failure));
        }

        private void onCaller(Runnable task) {
            if (caller == null || caller == Vertx.currentContext()) {
                task.run();
            } else {
                caller.runOnContext(ignored -> task.run());
            }
        }
    }
}
