package dev.laurel.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Listens to the log for records that bring a stack trace. */
public final class LoggedTraces extends Handler implements AutoCloseable {
    private final List<String> traces = new CopyOnWriteArrayList<>();

    public LoggedTraces() {
        Logger.getLogger("").addHandler(this);
    }

    public List<String> found() {
        return List.copyOf(traces);
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getThrown() != null && entry.getLevel().intValue() >= Level.INFO.intValue()) {
            traces.add(entry.getLoggerName() + ": " + entry.getMessage() + ": " + entry.getThrown());
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
