package dev.laurel.platform.http;

import io.quarkus.logging.LoggingFilter;
import io.vertx.core.http.HttpClosedException;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps disconnecting clients out of the log: the framework reports every response that it could not send as an error.
 * Errors of the stores arrive here as our own exceptions, which are kept.
 */
@LoggingFilter(name = "hang-ups")
final class HangUps implements Filter {
    /** As the JDK and the operating system call it. */
    private static final Set<String> GONE = Set.of("Connection reset", "Connection reset by peer", "Broken pipe");

    @Override
    public boolean isLoggable(LogRecord entry) {
        for (Throwable cause = entry.getThrown(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ClosedChannelException
                    || cause instanceof HttpClosedException
                    || cause instanceof IOException && GONE.contains(String.valueOf(cause.getMessage()))) {
                return false;
            }
        }
        return true;
    }
}
