package dev.laurel.platform.postgres;

import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets a bounded number of expensive tasks run at once, and a bounded number wait; more are refused at once. Keeps
 * rankings that PostgreSQL has to sort from taking the connections that writes need.
 */
public final class Bulkhead {
    private final int concurrent;
    private final int waiting;
    private final String refusal;
    // Guards the two fields below for moments only.
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Runnable> queue = new ArrayDeque<>();
    private int running;

    /**
     * @param refusal what a refused caller is told
     */
    public Bulkhead(int concurrent, int waiting, String refusal) {
        this.concurrent = concurrent;
        this.waiting = waiting;
        this.refusal = refusal;
    }

    /**
     * Runs a task when there is room.
     *
     * @return its result; fails with {@link Unavailable} when too many are waiting
     */
    public <T> Uni<T> run(Uni<T> task) {
        return enter().chain(() -> task.onTermination().invoke(this::leave));
    }

    private Uni<Void> enter() {
        return Uni.createFrom().emitter(emitter -> {
            Context caller = Vertx.currentContext();
            boolean free;
            lock.lock();
            try {
                free = running < concurrent;
                if (free) {
                    running++;
                } else if (queue.size() < waiting) {
                    queue.add(() -> onCaller(caller, () -> emitter.complete(null)));
                    return;
                }
            } finally {
                lock.unlock();
            }
            if (free) {
                emitter.complete(null);
            } else {
                emitter.fail(Unavailable.overloaded(refusal));
            }
        });
    }

    private static void onCaller(Context caller, Runnable task) {
        if (caller == null) {
            task.run();
        } else {
            caller.runOnContext(ignored -> task.run());
        }
    }

    private void leave() {
        Runnable next;
        lock.lock();
        try {
            next = queue.poll();
            if (next == null) {
                running--;
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.run();
        }
    }
}
