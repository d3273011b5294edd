package dev.laurel.access.http;

import dev.laurel.access.Caller;
import dev.laurel.access.CurrentCaller;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

import java.util.Set;

/**
 * Keeps what a cache between clients and the service has of one caller from others: one URL has other content for each tenant, and
 * none for those who may not read it.
 */
class SharedCaches {
    private static final String NO_CACHE = "no-cache";
    private static final String NO_STORE = "no-store";
    private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    /** The headers in which a credential is sent. */
    private static final String CREDENTIALS = HttpHeaders.AUTHORIZATION + ", " + Sent.API_KEY;

    @ServerResponseFilter
    void restrict(ContainerRequestContext request, ContainerResponseContext response) {
        MultivaluedMap<String, Object> headers = response.getHeaders();
        Object said = headers.getFirst(HttpHeaders.CACHE_CONTROL);
        boolean readWithCredential = hasCredential() && READS.contains(request.getMethod());
        if (said == null && !headers.containsKey(HttpHeaders.ETAG) && !readWithCredential) {
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
