package dev.laurel.score;

import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.BatchRefused;
import dev.laurel.standings.Outdated;
import dev.laurel.standings.ScoreWrite;
import dev.laurel.standings.Written;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Commits events in groups: at most one batch is on its way, and what gathers meanwhile is the next one. At low load a
 * batch is one event and nothing waits; the higher the load, the larger the batches, and the fewer the commits.
 *
 * <p>A batch that is refused because of one event is tried again in halves, so that only the guilty one fails.
 */
final class ScoreLane {
    private final Function<List<ScoreWrite>, Uni<List<Written>>> commit;
    private final int maxBatch;
    private final int maxWaiting;
    // The lock guards the queue for moments only; it is not held while anything is awaited.
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private boolean busy;

    ScoreLane(Function<List<ScoreWrite>, Uni<List<Written>>> commit, int maxBatch, int maxWaiting) {
        this.commit = commit;
        this.maxBatch = maxBatch;
        this.maxWaiting = maxWaiting;
    }

    /**
     * Hands an event in.
     *
     * @return what became of it, on the caller's context; fails with {@link Unavailable} when the lane is full, with
     *     {@link Outdated} when board or windows must be looked up again
     */
    Uni<Written> submit(ScoreWrite write) {
        return Uni.createFrom().emitter(emitter -> {
            Waiting waiting = new Waiting(write, emitter, Vertx.currentContext());
            List<Waiting> batch = null;
            lock.lock();
            try {
                if (queue.size() >= maxWaiting) {
                    emitter.fail(Unavailable.overloaded("Too many score events are waiting to be written"));
                    return;
                }
                queue.add(waiting);
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
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes from the queue in order; a second event with the same id waits, to be told of the first. */
    private List<Waiting> nextBatch() {
        List<Waiting> batch = new ArrayList<>(Math.min(maxBatch, queue.size()));
        Set<String> ids = new HashSet<>();
        Iterator<Waiting> waiting = queue.iterator();
        while (waiting.hasNext() && batch.size() < maxBatch) {
            Waiting next = waiting.next();
            String id = next.write.clientEventId();
            if (id != null && !ids.add(next.write.board().id() + "/" + id)) {
                break;
            }
            batch.add(next);
            waiting.remove();
        }
        return batch;
    }

    private void send(List<Waiting> batch) {
        commitSplitting(batch)
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

    private Uni<Void> commitSplitting(List<Waiting> batch) {
        return Uni.createFrom()
                .deferred(() -> commit.apply(batch.stream().map(Waiting::write).toList()))
                .invoke(written -> complete(batch, written))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> split(batch, failure));
    }

    private Uni<Void> split(List<Waiting> batch, Throwable failure) {
        if (batch.size() == 1 || !wroteNothing(failure)) {
            batch.forEach(one -> one.fail(BatchRefused.reasonOf(failure)));
            return Uni.createFrom().voidItem();
        }
        int half = batch.size() / 2;
        return commitSplitting(batch.subList(0, half)).chain(() -> commitSplitting(batch.subList(half, batch.size())));
    }

    /** Only what was refused as a whole may be sent again: what fails behind the commit is not one of these. */
    private static boolean wroteNothing(Throwable failure) {
        return failure instanceof BatchRefused;
    }

    private static void complete(List<Waiting> batch, List<Written> written) {
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).complete(written.get(i));
        }
    }

    /** An event and who waits for it. */
    private record Waiting(ScoreWrite write, UniEmitter<? super Written> emitter, Context caller) {
        void complete(Written written) {
            onCaller(() -> emitter.complete(written));
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
