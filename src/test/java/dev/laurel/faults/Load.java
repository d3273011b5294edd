package dev.laurel.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** Threads that send and read, each one request at a time, until they are stopped. */
final class Load implements AutoCloseable {
    /** How long a client waits at most before it tries again what failed. */
    static final int PAUSE_MILLIS = 150;

    private static final Duration GROWTH = Duration.ofSeconds(30);

    // Fair, so that whoever wants silence gets it.
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);
    private final List<Thread> threads = new ArrayList<>();
    private final Findings findings;
    private volatile boolean stopped;

    /** One who does a request and judges its answer. */
    @FunctionalInterface
    interface Worker {
        void step();
    }

    Load(Findings findings) {
        this.findings = findings;
    }

    /** Adds a worker that goes on as fast as it is answered. */
    Load add(String name, Worker worker) {
        return add(name, worker, 0);
    }

    /** Adds a worker that begins a step each so many milliseconds, if it can. */
    Load add(String name, Worker worker, long everyMillis) {
        Thread thread = new Thread(() -> work(worker, everyMillis), name);
        thread.setDaemon(true);
        threads.add(thread);
        return this;
    }

    Load start() {
        threads.forEach(Thread::start);
        return this;
    }

    /** Does something while no request is under way. */
    <T> T inSilence(Supplier<T> work) {
        gate.writeLock().lock();
        try {
            return work.get();
        } finally {
            gate.writeLock().unlock();
        }
    }

    private void work(Worker worker, long everyMillis) {
        long next = System.nanoTime();
        while (!stopped) {
            gate.readLock().lock();
            try {
                worker.step();
            } catch (RuntimeException | Error broken) {
                findings.violation("a worker broke: " + broken);
            } finally {
                gate.readLock().unlock();
            }
            if (everyMillis > 0) {
                next += TimeUnit.MILLISECONDS.toNanos(everyMillis);
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    /** Waits until a count has grown past what it was, as long as it goes on growing. */
    void awaitMore(AtomicLong count, long was) {
        for (long seen = count.get(); seen <= was; seen = count.get()) {
            long before = seen;
            await().atMost(GROWTH).pollInterval(Duration.ofMillis(5)).until(() -> count.get() > before);
        }
    }

    static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    @Override
    public void close() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
