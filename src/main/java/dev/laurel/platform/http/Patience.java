package dev.laurel.platform.http;

import java.time.Duration;

/**
 * How long a client may take to send a request, and to read something of the response.
 *
 * @param headNanos for the request line and the headers
 * @param bodyNanos for the body, before {@link #nanosFor} adds to it
 * @param readNanos until the next part of a response is accepted
 */
record Patience(long headNanos, long bodyNanos, long readNanos) {
    /** A client that sends fewer bytes per second than this is taken to be merely holding the connection. */
    private static final long BYTES_A_SECOND = 10_000;

    private static final long NANOS_A_BYTE = Duration.ofSeconds(1).toNanos() / BYTES_A_SECOND;

    static Patience of(HttpConfig config) {
        return new Patience(
                config.headTimeout().toNanos(),
                config.bodyTimeout().toNanos(),
                config.readTimeout().toNanos());
    }

    /** The time for a body of which this many bytes have arrived. */
    long nanosFor(long received) {
        return bodyNanos + received * NANOS_A_BYTE;
    }

    /** How often a connection is checked. */
    long checkNanos() {
        return Math.min(headNanos, bodyNanos) / 2;
    }
}
