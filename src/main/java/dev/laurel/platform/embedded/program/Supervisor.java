package dev.laurel.platform.embedded.program;

import org.jboss.logging.Logger;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps one store running on its port from start to stop: a store that dies is relaunched. */
public final class Supervisor {
    private static final Logger LOG = Logger.getLogger(Supervisor.class);
    private static final int PORT_ATTEMPTS = 3;
    // After a crash a store replays its journal before it is ready, PostgreSQL up to max_wal_size.
    private static final Duration START_PATIENCE = Duration.ofSeconds(120);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(5);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final StoreProgram program;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private int port;
    private volatile Process process;

    public Supervisor(StoreProgram program) {
        this.program = program;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public String name() {
        return program.name();
    }

    /** Starts the store and returns when it is ready. */
    public void start() throws IOException {
        program.prepare();
        for (int attempt = 1; !launched(); attempt++) {
            if (attempt == PORT_ATTEMPTS || Ports.isFree(port)) {
                throw new IOException(program.name() + " did not start; the end of its log " + program.log() + ":"
                        + System.lineSeparator() + Logs.tail(program.log()));
            }
            LOG.debugf("Port %d has been taken by another process meanwhile", port);
        }
        Thread thread = new Thread(this::watch, "laurel-" + program.name().toLowerCase(Locale.ROOT));
        thread.setDaemon(true);
        thread.start();
    }

    /** Requests a stop without waiting, so that several stores can stop at the same time. */
    public synchronized void askToStop() {
        stopping.countDown();
        if (process != null && process.isAlive()) {
            program.askToStop(process.toHandle());
        }
    }

    /** Waits until the store has stopped; a store that does not stop is killed. */
    public void awaitStop() throws InterruptedException {
        if (process != null && !process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor(LAST_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private boolean launched() throws IOException {
        port = Ports.free();
        process = program.launch(port);
        if (!Waiting.until(START_PATIENCE, () -> !process.isAlive() || program.ready(port))) {
            program.askToStop(process.toHandle());
            return false;
        }
        return process.isAlive();
    }

    private void watch() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            long since = System.nanoTime();
            int code = process.waitFor();
            while (!stopping.await(pause, TimeUnit.MILLISECONDS)) {
                // A store that fails repeatedly is restarted at growing intervals.
                boolean steady = System.nanoTime() - since > STEADY_NANOS;
                pause = steady ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                since = System.nanoTime();
                launchAgain(code);
                code = process.waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void launchAgain(int code) {
        if (stopping.getCount() == 0) {
            return;
        }
        LOG.warnf("%s ended with code %d; restarting it on port %d", program.name(), code, port);
        try {
            process = program.launch(port);
        } catch (IOException e) {
            LOG.errorf(e, "%s could not be restarted", program.name());
        }
    }
}
