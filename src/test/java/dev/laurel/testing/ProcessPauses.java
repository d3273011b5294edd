package dev.laurel.testing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How long nothing in this process ran lately, because of its garbage collector or of what else the machine had to do. */
final class ProcessPauses {
    private static final long BEAT = Duration.ofMillis(20).toNanos();
    /** On a busy machine a thread often waits for less. */
    private static final long SHORTEST = Duration.ofMillis(250).toNanos();

    private static final long KEPT = Duration.ofSeconds(30).toNanos();

    private final LongSupplier nanoTime;
    private final Deque<Pause> pauses = new ArrayDeque<>();
    private long last;

    ProcessPauses(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** Those from now on. */
    static ProcessPauses watched() {
        ProcessPauses pauses = new ProcessPauses(System::nanoTime);
        ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "process-pauses");
            thread.setDaemon(true);
            return thread;
        });
        beats.scheduleWithFixedDelay(pauses::beat, BEAT, BEAT, TimeUnit.NANOSECONDS);
        return pauses;
    }

    /** Called regularly; where it comes late, nothing else ran either. */
    synchronized void beat() {
        long now = nanoTime.getAsLong();
        long late = now - last - BEAT;
        if (late >= SHORTEST) {
            pauses.add(new Pause(now, late));
        }
        last = now;
        while (!pauses.isEmpty() && now - pauses.peek().end() > KEPT) {
            pauses.remove();
        }
    }

    /** Together, of those that ended in the last so many nanoseconds. */
    synchronized Duration within(Duration time) {
        beat();
        return Duration.ofNanos(pauses.stream()
                .filter(pause -> last - pause.end() <= time.toNanos())
                .mapToLong(Pause::nanos)
                .sum());
    }

    private record Pause(long end, long nanos) {}
}
