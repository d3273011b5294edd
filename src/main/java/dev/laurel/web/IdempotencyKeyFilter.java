package dev.laurel.web;

import dev.laurel.shared.LaurelException.InvalidInput;
import io.vertx.core.http.HttpServerRequest;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses the header that makes a retry safe where it would not: empty, or on an operation that does not look at it. */
class IdempotencyKeyFilter {
    private static final String HEADER = "Idempotency-Key";

    /** The framework shows an empty one to resources as not given. */
    @ServerRequestFilter(nonBlocking = true)
    void refuseEmpty(HttpServerRequest request) {
        String key = request.getHeader(HEADER);
        if (key != null && key.isBlank()) {
            throw new InvalidInput(HEADER, "must not be empty");
        }
    }

    @SentOnce
    @ServerRequestFilter(nonBlocking = true)
    void refuseWhereItIsNotTaken(HttpServerRequest request) {
        if (request.headers().contains(HEADER)) {
            throw new InvalidInput(HEADER, "is not accepted here: a repetition would not be recognized");
        }
    }
}
