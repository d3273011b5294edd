package dev.laurel.platform.http.connection;

import java.time.Duration;

/**
 * How long a connection may take, in nanoseconds.
 *
 * @param head for the request line and the headers
 * @param body for the body, before {@link #ofBody} adds to it
 * @param read for the next {@link #LEAST_READ} bytes of a response
 * @param idle for the next request
 * @param answer for the service to begin a response
 */
record Patience(long head, long body, long read, long idle, long answer) {
    /** A client that reads less of a response in the time for it is taken to be merely holding the connection. */
    static final long LEAST_READ = 20_000;

    /** Of a body longer than this, so many bytes have to come within the time for a head. */
    static final long SMALL_BODY = 8 << 10;

    static final long LEAST_SENT = 10_000;

    /** A client that sends fewer bytes per second than this is taken to be merely holding the connection. */
    private static final long BYTES_A_SECOND = 10_000;

    private static final long NANOS_A_BYTE = Duration.ofSeconds(1).toNanos() / BYTES_A_SECOND;

    static Patience of(ConnectionConfig config) {
        return new Patience(
                config.headTimeout().toNanos(),
                config.bodyTimeout().toNanos(),
                config.readTimeout().toNanos(),
                config.idleTimeout().toNanos(),
                config.answerTimeout().toNanos());
    }

    /** The time for a body of which this many bytes have arrived. */
    long ofBody(long received) {
        return body + received * NANOS_A_BYTE;
    }

    /** How often a connection is checked. */
    long check() {
        return Math.min(head, body) / 4;
    }
}
