package dev.laurel.platform.http;

import io.quarkus.logging.LoggingFilter;
import io.vertx.core.http.HttpClosedException;

import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps disconnecting clients out of the log: the framework reports every response that it could not send as an error.
 * Errors of the stores arrive here as our own exceptions, which are kept.
 */
@LoggingFilter(name = "hang-ups")
final class HangUps implements Filter {
    @Override
    public boolean isLoggable(LogRecord entry) {
        for (Throwable cause = entry.getThrown(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ClosedChannelException
                    || cause instanceof HttpClosedException
                    || cause instanceof SocketException && "Connection reset".equals(cause.getMessage())) {
                return false;
            }
        }
        return true;
    }
}
