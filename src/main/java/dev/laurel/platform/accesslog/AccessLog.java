package dev.laurel.platform.accesslog;

import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.platform.timing.PathTemplate;
import dev.laurel.platform.tracing.TraceIds;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.time.Clock;

/**
 * Notes each request once its response has been sent, refused ones included. Requests to the port of health and metrics are
 * not noted. What clients have sent is not in it: the path is that of the operation.
 */
@ApplicationScoped
class AccessLog {
    /** Right after the connection drain, before requests are judged. */
    private static final int PRIORITY = Integer.MAX_VALUE - 1;

    private static final int SERVER_ERROR = 500;

    private final boolean enabled;
    private final long minNanos;
    private final AccessQueue queue;
    private final AccessWriter writer;
    private final Clock clock;

    AccessLog(AccessLogConfig config, AccessOutput output, Clock clock, MeterRegistry meters) {
        this.enabled = config.enabled();
        this.minNanos = config.minDuration().toNanos();
        this.queue = new AccessQueue(config.maxWaiting());
        this.writer = enabled ? new AccessWriter(queue, output.open(), clock) : null;
        this.clock = clock;
        FunctionCounter.builder(Meters.ACCESS_LOG_DROPPED, queue, AccessQueue::dropped)
                .register(meters);
    }

    void watch(@Observes Filters filters) {
        if (enabled) {
            filters.register(this::begun, PRIORITY);
            writer.start();
        }
    }

    void end(@Observes ShutdownEvent event) {
        if (enabled) {
            writer.stop();
        }
    }

    private void begun(RoutingContext context) {
        long started = System.nanoTime();
        String own = TraceIds.current();
        String traceId = own == null ? RequestIds.traceId(context.request().headers()) : own;
        context.addEndHandler(
                end -> ended(context.request(), new Begun(started, traceId, Vertx.currentContext()), end.succeeded()));
        context.next();
    }

    private void ended(HttpServerRequest request, Begun begun, boolean complete) {
        long nanos = System.nanoTime() - begun.nanos;
        int status = request.response().getStatusCode();
        if (nanos < minNanos && status < SERVER_ERROR) {
            return;
        }
        queue.add(new AccessEntry(
                clock.millis(),
                request.method().name(),
                PathTemplate.of(request),
                status,
                nanos,
                request.response().bytesWritten(),
                complete,
                CurrentTenant.of(begun.context).id(),
                RequestIds.requestId(request.headers()),
                begun.traceId));
    }

    /**
     * @param traceId of this service, or of the caller
     * @param context of the request, which knows its tenant once the caller has been found
     */
    private record Begun(long nanos, String traceId, Context context) {}
}
