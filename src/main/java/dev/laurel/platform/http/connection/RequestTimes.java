package dev.laurel.platform.http.connection;

import dev.laurel.platform.http.connection.ConnectionFigures.Dropped;

import java.util.function.LongSupplier;

/**
 * Knows what a connection is waiting for, and since when: the times of its requests and responses against their bounds. Used on
 * the event loop of the connection alone.
 */
final class RequestTimes {
    /** How much of a body is read and discarded after its response, so that the connection can be used again. */
    private static final long MAX_REST = 1 << 20;

    private final Patience patience;
    private final LongSupplier clock;
    private Awaited awaited = Awaited.FIRST_BYTE;
    /** Of what is awaited of the client. */
    private long since;

    private long received;
    /** Bytes of the body since {@link #movingSince}, which is 0 while the body is small. */
    private long moved;

    private long movingSince;
    /** Requests that have begun, and whose responses have not ended. */
    private int unanswered;

    private boolean responding;
    /** Whether there was a request on this connection. */
    private boolean asked;

    /** When the last request or response ended. */
    private long turn;

    /** @param clock in nanoseconds */
    RequestTimes(Patience patience, LongSupplier clock) {
        this.patience = patience;
        this.clock = clock;
    }

    void connected() {
        since = clock.getAsLong();
        turn = since;
    }

    /** Called before the bytes are decoded. */
    void bytesArrived() {
        if (awaited == Awaited.NOTHING || awaited == Awaited.FIRST_BYTE) {
            await(Awaited.HEAD);
        }
    }

    /** @param partOfHead whether there is a part of the next request */
    void bytesDecoded(boolean partOfHead) {
        if (awaited == Awaited.NOTHING && partOfHead) {
            await(Awaited.HEAD);
        } else if (awaited == Awaited.HEAD && !partOfHead) {
            // An empty line, or a record of TLS that carries nothing: no request has begun.
            awaited = asked ? Awaited.NOTHING : Awaited.FIRST_BYTE;
            since = turn;
        }
    }

    /** The head of a request has arrived, and waits for the response before it. */
    void headHeld() {
        awaited = Awaited.NOTHING;
    }

    void headEnded() {
        asked = true;
        unanswered++;
        received = 0;
        moved = 0;
        movingSince = 0;
        await(Awaited.BODY);
    }

    /** Part of a body has arrived; false when too much of it has arrived after its response. */
    boolean bodyArrived(int bytes) {
        received += bytes;
        moved += bytes;
        if (received > Patience.SMALL_BODY && (movingSince == 0 || moved >= Patience.LEAST_SENT)) {
            moved = 0;
            movingSince = clock.getAsLong();
        }
        return awaited != Awaited.REST || received <= MAX_REST;
    }

    void bodyEnded() {
        awaited = Awaited.NOTHING;
        turn = clock.getAsLong();
    }

    void responseBegun() {
        responding = true;
    }

    void responseEnded() {
        responding = false;
        unanswered = Math.max(0, unanswered - 1);
        turn = clock.getAsLong();
        if (awaited == Awaited.BODY && unanswered == 0) {
            received = 0;
            await(Awaited.REST);
        }
    }

    /** Whether the client has not sent all of its request. */
    boolean isReceiving() {
        return awaited == Awaited.BODY || awaited == Awaited.REST;
    }

    private void await(Awaited next) {
        awaited = next;
        since = clock.getAsLong();
    }

    /**
     * What takes too long; null for nothing.
     *
     * @param reading whether the service is reading what the client sends
     */
    Dropped late(boolean reading) {
        long now = clock.getAsLong();
        long waited = now - since;
        return switch (awaited) {
            case FIRST_BYTE, HEAD -> lateHead(waited, reading);
            case BODY -> lateBody(waited, reading);
            case REST -> waited > patience.head() ? Dropped.REST : null;
            case NOTHING -> lateTurn(now - turn);
        };
    }

    private Dropped lateHead(long waited, boolean reading) {
        if (!reading) {
            // The delay is the service's.
            since += waited;
            return null;
        }
        return waited > patience.head() ? Dropped.HEAD : null;
    }

    /** Much of a body that has arrived is no credit: it is kept for as long as the rest takes. */
    private Dropped lateBody(long waited, boolean reading) {
        if (!reading) {
            since += waited;
            movingSince = movingSince == 0 ? 0 : clock.getAsLong();
            return null;
        }
        boolean stalled = movingSince != 0 && clock.getAsLong() - movingSince > patience.head();
        return stalled || waited > patience.ofBody(received) ? Dropped.BODY : null;
    }

    private Dropped lateTurn(long waited) {
        if (unanswered == 0) {
            return waited > patience.idle() ? Dropped.IDLE : null;
        }
        return !responding && waited > patience.answer() ? Dropped.ANSWER : null;
    }

    /** What the client must send next. */
    private enum Awaited {
        FIRST_BYTE,
        HEAD,
        BODY,
        /** The body of a request that has its response. */
        REST,
        NOTHING
    }
}
