package dev.laurel.web.rankings;

import dev.laurel.cache.Answer;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Sends a finished response: with its tag, and without a body for a client that already has it. */
public final class ConditionalResponse {
    private ConditionalResponse() {}

    /**
     * The response to a request.
     *
     * @param known its {@code If-None-Match}, or null
     */
    public static Response of(Answer answer, String known) {
        Response.ResponseBuilder response = answer.isAmong(known)
                ? Response.notModified()
                : Response.ok(answer.body(), MediaType.APPLICATION_JSON_TYPE);
        return response.header(HttpHeaders.ETAG, answer.etag())
                .header(HttpHeaders.CACHE_CONTROL, answer.immutable() ? "max-age=300" : "no-cache")
                .build();
    }
}
