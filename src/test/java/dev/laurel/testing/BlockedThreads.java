package dev.laurel.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A log handler that keeps what Vert.x says about event loops that were held, with the stacks of their threads.
 *
 * <p>Vert.x prints a stack only after seconds; here it is taken at the warning, while the thread is still being held.
 */
public final class BlockedThreads extends Handler {
    /** The logger Vert.x warns through; not the name of its class. */
    static final String LOGGER = "io.vertx.core.impl.BlockedThreadChecker";

    // A logger nobody holds may be collected, and its handlers with it.
    private static final Logger VERTX = Logger.getLogger(LOGGER);
    private static final BlockedThreads INSTALLED = new BlockedThreads();

    static {
        VERTX.addHandler(INSTALLED);
    }

    private final List<String> warnings = new ArrayList<>();

    BlockedThreads() {}

    /** The handler of the running service. */
    static BlockedThreads installed() {
        return INSTALLED;
    }

    @Override
    public synchronized void publish(LogRecord warning) {
        if (warning.getLevel().intValue() >= Level.WARNING.intValue()) {
            warnings.add(warning.getMessage() + stackOf(warning.getMessage()));
        }
    }

    synchronized boolean isEmpty() {
        return warnings.isEmpty();
    }

    /** What was warned of since the last time; from now on it is forgotten. */
    synchronized List<String> drain() {
        List<String> drained = List.copyOf(warnings);
        warnings.clear();
        return drained;
    }

    /** Fails with all warnings since the last time, if there are any. */
    void requireNone(String during) {
        List<String> drained = drain();
        if (!drained.isEmpty()) {
            throw new AssertionError("An event loop was blocked during " + during + ":\n" + String.join("\n", drained));
        }
    }

    private static String stackOf(String message) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> message.contains(thread.getKey().toString()))
                .map(Map.Entry::getValue)
                .flatMap(Stream::of)
                .map(frame -> "\n\tat " + frame)
                .collect(Collectors.joining());
    }

    @Override
    public void flush() {
        // Nothing is written.
    }

    @Override
    public void close() {
        // Nothing is held but memory.
    }
}
