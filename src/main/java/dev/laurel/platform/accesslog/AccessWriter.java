package dev.laurel.platform.accesslog;

import org.jboss.logging.Logger;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes what waits in the queue, many lines at once, on a thread of its own. Nothing else is delayed if the other end of the
 * output reads slowly, or not at all: lines are dropped then.
 */
final class AccessWriter {
    private static final Logger LOG = Logger.getLogger(AccessWriter.class);
    private static final long EVERY_MS = 50;
    private static final int BLOCK = 64 * 1024;

    private final AccessQueue queue;
    private final OutputStream output;
    private final Clock clock;
    private final StringBuilder block = new StringBuilder(BLOCK + 1_024);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread writer = new Thread(work, "access-log");
        writer.setDaemon(true);
        return writer;
    });
    private boolean failing;

    AccessWriter(AccessQueue queue, OutputStream output, Clock clock) {
        this.queue = queue;
        this.output = output;
        this.clock = clock;
    }

    /** Begins. A timer and not a signal wakes the thread, since a signal for each request would cost more than its line. */
    void start() {
        thread.scheduleWithFixedDelay(this::writeAll, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
    }

    /** Writes the rest, and ends soon. */
    void stop() {
        thread.execute(this::writeAll);
        thread.shutdown();
    }

    void writeAll() {
        boolean more = true;
        while (more) {
            block.setLength(0);
            more = queue.take(block, BLOCK, clock.millis());
            if (!block.isEmpty()) {
                write(block.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** Whole lines at once: what else is written to standard output is never inside one. */
    private void write(byte[] lines) {
        try {
            output.write(lines);
            output.flush();
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                LOG.warnf("The access log cannot be written: %s", e.getMessage());
            }
            failing = true;
        }
    }
}
