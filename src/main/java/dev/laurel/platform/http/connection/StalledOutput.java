package dev.laurel.platform.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * Notices a client that does not read, or too little: part of a response waits, and the operating system accepts hardly anything
 * of it. Looked at from time to time, on the event loop of the connection.
 */
final class StalledOutput {
    private final long patienceNanos;
    private final long least;
    private long written;
    private long accepted;
    private long since;

    /** @param least the bytes that have to be accepted within that time */
    StalledOutput(long patienceNanos, long least) {
        this.patienceNanos = patienceNanos;
        this.least = least;
    }

    /** Part of a response is handed over. */
    void wrote(int bytes) {
        written += bytes;
    }

    /** Whether too little was accepted for too long, as far as it was looked at. */
    boolean isStalled(Channel connection, long now) {
        ChannelOutboundBuffer waiting = connection.unsafe().outboundBuffer();
        if (waiting == null || waiting.isEmpty()) {
            since = 0;
            return false;
        }
        long acceptedNow = written - waiting.totalPendingWriteBytes() + waiting.currentProgress();
        if (since == 0 || acceptedNow - accepted >= least) {
            accepted = acceptedNow;
            since = now;
            return false;
        }
        return now - since > patienceNanos;
    }
}
