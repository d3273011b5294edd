package dev.laurel.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern TIMES = Pattern.compile("blocked for (\\d+) ms, time limit is (\\d+) ms");
    private static final BlockedThreads INSTALLED = new BlockedThreads(ProcessPauses.watched()::within);

    static {
        VERTX.addHandler(INSTALLED);
    }

    private final UnaryOperator<Duration> pauses;
    private final List<String> warnings = new ArrayList<>();

    /** @param pauses how long nothing in this process ran during the last so much time */
    BlockedThreads(UnaryOperator<Duration> pauses) {
        this.pauses = pauses;
    }

    /** The handler of the running service. */
    static BlockedThreads installed() {
        return INSTALLED;
    }

    @Override
    public synchronized void publish(LogRecord warning) {
        if (warning.getLevel().intValue() >= Level.WARNING.intValue() && !isOfAPause(warning.getMessage())) {
            warnings.add(warning.getMessage() + stackOf(warning.getMessage()));
        }
    }

    /** A thread that the process did not run for a while has been held for less than Vert.x counts. */
    private boolean isOfAPause(String warning) {
        Matcher times = TIMES.matcher(warning);
        if (!times.find()) {
            return false;
        }
        Duration counted = Duration.ofMillis(Long.parseLong(times.group(1)));
        Duration limit = Duration.ofMillis(Long.parseLong(times.group(2)));
        return counted.minus(pauses.apply(counted)).compareTo(limit) < 0;
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
