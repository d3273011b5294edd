package dev.laurel.platform.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * Notices a client that does not read: part of a response waits, and the operating system accepts nothing of it. Looked at from
 * time to time, on the event loop of the connection.
 */
final class StalledOutput {
    private final long patienceNanos;
    private int message;
    private long progress;
    private long since;

    StalledOutput(long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    /** Whether nothing was accepted for too long, as far as it was looked at. */
    boolean isStalled(Channel connection, long now) {
        ChannelOutboundBuffer waiting = connection.unsafe().outboundBuffer();
        if (waiting == null || waiting.isEmpty()) {
            since = 0;
            return false;
        }
        // The first message that waits is another one, or more of it has been accepted.
        int first = System.identityHashCode(waiting.current());
        long accepted = waiting.currentProgress();
        if (since == 0 || first != message || accepted != progress) {
            message = first;
            progress = accepted;
            since = now;
            return false;
        }
        return now - since > patienceNanos;
    }
}
