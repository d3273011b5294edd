package dev.laurel.access.http;

import dev.laurel.access.Caller;
import dev.laurel.access.CurrentCaller;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Keeps what a cache between clients and the service has of one caller from others: one URL has other content for each tenant, and
 * none for those who may not read it.
 */
class SharedCaches {
    private static final String NO_CACHE = "no-cache";
    private static final String NO_STORE = "no-store";

    /** The headers in which a credential is sent. */
    private static final String CREDENTIALS = HttpHeaders.AUTHORIZATION + ", " + Sent.API_KEY;

    @ServerResponseFilter
    void restrict(ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        Object said = headers.getFirst(HttpHeaders.CACHE_CONTROL);
        if (said == null && !headers.containsKey(HttpHeaders.ETAG)) {
            return;
        }
        String rule = said == null ? NO_CACHE : said.toString();
        headers.add(HttpHeaders.VARY, CREDENTIALS);
        headers.putSingle(
                HttpHeaders.CACHE_CONTROL, hasCredential() && !rule.contains(NO_STORE) ? "private, " + rule : rule);
    }

    private static boolean hasCredential() {
        Caller.Kind kind = CurrentCaller.get().kind();
        return kind == Caller.Kind.KEY || kind == Caller.Kind.TOKEN;
    }
}
