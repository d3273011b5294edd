package dev.laurel.platform.async;

import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bounds how many expensive tasks run at once, and how many wait; any more are refused at once. Keeps work that
 * occupies a store for long, such as rankings that PostgreSQL has to sort, from starving writes.
 */
public final class Bulkhead {
    private final int concurrent;
    private final int waiting;
    private final String refusal;
    private final int rests;
    // Guards the two fields below; held for moments only.
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Entry> queue = new ArrayDeque<>();
    private int running;

    /** @param refusal the message for a refused caller */
    public Bulkhead(int concurrent, int waiting, String refusal) {
        this(concurrent, waiting, refusal, 0);
    }

    private Bulkhead(int concurrent, int waiting, String refusal, int rests) {
        this.rests = rests;
        this.concurrent = concurrent;
        this.waiting = waiting;
        this.refusal = refusal;
    }

    /**
     * As {@link #Bulkhead}, but each place stays empty for a while after a task, which leaves most of the time to
     * others.
     *
     * @param rests how long, as a multiple of the task's duration
     */
    public static Bulkhead resting(int concurrent, int waiting, String refusal, int rests) {
        return new Bulkhead(concurrent, waiting, refusal, rests);
    }

    /**
     * Runs a task as soon as there is room.
     *
     * @return its result; fails with {@link Unavailable} when too many are waiting
     */
    public <T> Uni<T> run(Uni<T> task) {
        return enter().chain(() -> {
            long started = System.nanoTime();
            // A caller that waits for several tasks and loses one cancels the others, including those that have ended.
            AtomicBoolean inside = new AtomicBoolean(true);
            return task.onTermination().invoke(() -> {
                if (inside.getAndSet(false)) {
                    leaveAfter(started);
                }
            });
        });
    }

    private void leaveAfter(long started) {
        long restMs = TimeUnit.NANOSECONDS.toMillis(rests * (System.nanoTime() - started));
        Context context = Vertx.currentContext();
        if (context != null && restMs > 0) {
            context.owner().setTimer(restMs, timer -> leave());
        } else {
            leave();
        }
    }

    private Uni<Void> enter() {
        return Uni.createFrom().emitter(emitter -> {
            Entry entry = new Entry(Vertx.currentContext(), emitter);
            emitter.onTermination(() -> giveUp(entry));
            boolean free;
            lock.lock();
            try {
                free = running < concurrent;
                if (free) {
                    running++;
                } else if (queue.size() < waiting) {
                    queue.add(entry);
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (free) {
                start(entry);
            } else {
                emitter.fail(Unavailable.overloaded(refusal));
            }
        });
    }

    /** If the caller has given up, the room reserved for its entry goes to the next one. */
    private void start(Entry entry) {
        if (entry.state.compareAndSet(State.WAITING, State.STARTED)) {
            entry.emitter.complete(null);
        } else {
            leave();
        }
    }

    private void giveUp(Entry entry) {
        if (entry.state.compareAndSet(State.WAITING, State.GIVEN_UP)) {
            lock.lock();
            try {
                queue.remove(entry);
            } finally {
                lock.unlock();
            }
        }
    }

    private void leave() {
        Entry next;
        lock.lock();
        try {
            next = queue.poll();
            if (next == null) {
                running--;
            }
        } finally {
            lock.unlock();
        }
        if (next == null) {
            return;
        }
        if (next.caller == null) {
            start(next);
        } else {
            next.caller.runOnContext(ignored -> start(next));
        }
    }

    private enum State {
        WAITING,
        STARTED,
        GIVEN_UP
    }

    /** A task waiting to be admitted, and the context on which it continues. */
    private static final class Entry {
        final Context caller;
        final UniEmitter<? super Void> emitter;
        final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

        Entry(Context caller, UniEmitter<? super Void> emitter) {
            this.caller = caller;
            this.emitter = emitter;
        }
    }
}
