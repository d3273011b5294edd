package dev.laurel.web.body;

import dev.laurel.access.Caller;
import dev.laurel.access.CurrentCaller;
import dev.laurel.shared.ErrorCode;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.BodyRefused;
import dev.laurel.shared.LaurelException.Unavailable;
import io.quarkus.runtime.ExecutorRecorder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ServerHttpRequest.ReadCallback;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the body of one request into memory, up to its bound, and lets the request go on. Called on the event loop of its
 * connection. Left to the framework, a body of more than some kilobytes would be read by a thread that waits for each of its
 * pieces, and slow clients would keep all threads waiting.
 */
final class BodyReader implements ReadCallback {
    /** Bodies up to this size are left uncounted: as many as there may be connections fit anywhere. */
    static final int SMALL = 8 << 10;

    /** A longer body is worked on by a worker: event loops read no JSON for milliseconds. */
    private static final int LONG = 64 << 10;

    private final RoutingContext routing;
    private final ResteasyReactiveRequestContext request;
    private final int bound;
    private final BodyMemory memory;

    private final Caller caller;
    private final long expected;

    private byte[] bytes = new byte[0];
    private int size;
    private int counted;
    private boolean refused;

    /** @param bound in bytes */
    BodyReader(RoutingContext routing, ResteasyReactiveRequestContext request, int bound, BodyMemory memory) {
        this.routing = routing;
        this.request = request;
        this.bound = bound;
        this.memory = memory;
        this.caller = CurrentCaller.get();
        this.expected = BodyFilter.expected(routing.request());
    }

    /** Begins to read; what follows is called back. */
    void begin() {
        if (expected < 0 || expected > SMALL) {
            routing.addEndHandler(ended -> giveBack());
        }
        request.suspend();
        boolean arrived = request.serverRequest().isRequestEnded();
        request.serverRequest().setReadListener(this);
        request.serverRequest().resumeRequestInput();
        if (arrived) {
            done();
        }
    }

    @Override
    public void data(ByteBuffer piece) {
        if (refused) {
            return;
        }
        int length = piece.remaining();
        if (length > bound - size) {
            refuse(tooLarge(bound));
        } else if (size == 0 && length == expected && length <= SMALL) {
            bytes = array(piece);
            size = length;
        } else if (hasRoomFor(size + length)) {
            piece.get(bytes, size, length);
            size += length;
        } else {
            refuse(Unavailable.overloaded("Too many large bodies are arriving"));
        }
    }

    static BodyRefused tooLarge(int bound) {
        return new BodyRefused(
                ErrorCode.BODY_TOO_LARGE, "The body is larger than the " + bound + " bytes accepted here", List.of());
    }

    /**
     * Makes room, twice as much each time, but never more than the body has at most. So a client that announces much has to send
     * half of it before it takes all of the memory, and a body of a declared length ends in an array of that length.
     */
    private boolean hasRoomFor(int needed) {
        if (needed <= bytes.length) {
            return true;
        }
        long most = expected < 0 ? bound : expected;
        int capacity = (int) Math.min(most, Math.max(needed, 2L * bytes.length));
        if (capacity > SMALL) {
            if (!memory.take(caller, capacity - counted)) {
                return false;
            }
            counted = capacity;
        }
        bytes = Arrays.copyOf(bytes, capacity);
        return true;
    }

    private void giveBack() {
        if (counted > 0) {
            memory.giveBack(caller, counted);
            counted = 0;
        }
    }

    private static byte[] array(ByteBuffer piece) {
        if (piece.hasArray() && piece.arrayOffset() == 0 && piece.remaining() == piece.array().length) {
            return piece.array();
        }
        byte[] copy = new byte[piece.remaining()];
        piece.get(copy);
        return copy;
    }

    /** The rest of the body would be read as the next request. */
    private void refuse(RuntimeException why) {
        refused = true;
        close(routing);
        request.resume(why);
    }

    /** Has the connection closed once the response is sent. */
    static void close(RoutingContext routing) {
        routing.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        routing.addEndHandler(ended -> routing.request().connection().close());
    }

    @Override
    public void done() {
        if (refused) {
            return;
        }
        if (!Utf8.isText(bytes, size)) {
            request.resume((Throwable) notText());
            return;
        }
        request.setInputStream(new ByteArrayInputStream(bytes, 0, size));
        if (size > LONG) {
            request.resume(ExecutorRecorder.getCurrent());
        } else {
            request.resume();
        }
    }

    private static BodyRefused notText() {
        return new BodyRefused(
                ErrorCode.MALFORMED_REQUEST,
                "The body is not text in UTF-8",
                List.of(new FieldError("body", "must be UTF-8")));
    }
}
