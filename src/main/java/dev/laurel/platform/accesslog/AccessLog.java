package dev.laurel.platform.accesslog;

import dev.laurel.platform.client.ClientAddress;
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
 * not noted. Of what clients have sent it has their address as a trusted proxy states it, and the name of the key or token that
 * they were known by; the path is that of the operation.
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
    private final ClientAddress addresses;
    private final Clock clock;

    AccessLog(AccessLogConfig config, AccessOutput output, ClientAddress addresses, Clock clock, MeterRegistry meters) {
        this.enabled = config.enabled();
        this.minNanos = config.minDuration().toNanos();
        this.queue = new AccessQueue(config.maxWaiting());
        this.writer = enabled ? new AccessWriter(queue, output.open(), clock) : null;
        this.addresses = addresses;
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
        // Asked now: a connection that has ended has no peer any more.
        Begun begun = new Begun(
                started, Vertx.currentContext(), addresses.of(context.request()).toString(), traceId);
        context.addEndHandler(end -> ended(context, begun, end.succeeded()));
        context.next();
    }

    private void ended(RoutingContext context, Begun begun, boolean complete) {
        HttpServerRequest request = context.request();
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
                CurrentTenant.of(begun.context),
                begun.client,
                RequestIds.requestId(request.headers()),
                begun.traceId,
                LoggedCaller.of(context)));
    }

    /**
     * @param context of the request, which knows its tenant once the caller is known
     * @param traceId of this service, or of the caller
     */
    private record Begun(long nanos, Context context, String client, String traceId) {}
}
