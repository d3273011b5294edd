package dev.laurel.web;

import dev.laurel.platform.meters.ServerTiming;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Puts {@code Server-Timing} on every response. */
class TimingFilter {
    private static final String STARTED = "laurel.started";

    @ServerRequestFilter(preMatching = true, nonBlocking = true)
    void started(ContainerRequestContext request) {
        request.setProperty(STARTED, System.nanoTime());
    }

    @ServerResponseFilter
    void finished(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(STARTED) instanceof Long started) {
            response.getHeaders().putSingle("Server-Timing", ServerTiming.header(started));
        }
    }
}
