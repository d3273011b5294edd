package dev.laurel.web;

import dev.laurel.platform.http.HttpConfig;
import dev.laurel.platform.meters.ServerTiming;
import dev.laurel.platform.timing.RequestTimings;
import dev.laurel.platform.timing.TimingConfig;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Times requests: puts {@code Server-Timing} on every response, and {@code X-Process-Time} where that is wanted. */
class TimingFilter {
    private static final String STARTED = "laurel.started";
    private static final long NANOS_A_MICRO = 1_000;
    private static final double MICROS_A_SECOND = 1_000_000;

    private final RequestTimings timings;
    private final boolean processTime;
    private final long shortestStep;

    TimingFilter(RequestTimings timings, HttpConfig config, TimingConfig timing) {
        this.timings = timings;
        this.processTime = config.processTimeHeader();
        this.shortestStep = timing.shortestStep().toNanos();
    }

    @ServerRequestFilter(preMatching = true, nonBlocking = true)
    void started(ContainerRequestContext request) {
        request.setProperty(STARTED, System.nanoTime());
    }

    @ServerResponseFilter
    void finished(ContainerRequestContext request, ContainerResponseContext response, HttpServerRequest http) {
        if (request.getProperty(STARTED) instanceof Long started) {
            long nanos = System.nanoTime() - started;
            response.getHeaders().putSingle("Server-Timing", ServerTiming.header(nanos, shortestStep));
            if (processTime) {
                response.getHeaders().putSingle("X-Process-Time", Double.toString(seconds(nanos)));
            }
            timings.answered(http, response.getStatus(), nanos);
        }
    }

    /** With six decimals at most. */
    private static double seconds(long nanos) {
        return nanos / NANOS_A_MICRO / MICROS_A_SECOND;
    }
}
