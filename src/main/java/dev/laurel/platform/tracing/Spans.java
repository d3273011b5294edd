package dev.laurel.platform.tracing;

import dev.laurel.platform.lifecycle.StartOrder;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Spans of commands to Redis. Those that the framework makes belong to the connection, which sends the commands of many
 * requests together; these belong to the request. While traces are off, asking for one costs the reading of a field.
 */
@ApplicationScoped
public class Spans {
    private static volatile Tracer tracer;

    Spans() {}

    void start(
            @Observes @Priority(StartOrder.POSTGRES - 1) StartupEvent event,
            @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean off,
            Instance<OpenTelemetry> telemetry) {
        tracer = off ? null : telemetry.get().getTracer("laurel");
    }

    void stop(@Observes ShutdownEvent event) {
        tracer = null;
    }

    /** The same work, as a span of the present request. */
    public static <T> Uni<T> ofRedis(String command, Uni<T> work) {
        Tracer present = tracer;
        return present == null ? work : Uni.createFrom().deferred(() -> traced(present, command, work));
    }

    /** Says in the span of the present request whose it is. */
    public static void ofTenant(String name) {
        if (tracer != null) {
            Span.current().setAttribute("laurel.tenant", name);
        }
    }

    private static <T> Uni<T> traced(Tracer present, String command, Uni<T> work) {
        if (!Span.current().getSpanContext().isValid()) {
            // A background job: its commands would be traces of their own, each second.
            return work;
        }
        Span span = present.spanBuilder("redis " + command)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute("db.system.name", "redis")
                .setAttribute("db.operation.name", command)
                .startSpan();
        return work.onItemOrFailure()
                .invoke((item, failure) -> {
                    if (failure != null) {
                        span.setStatus(StatusCode.ERROR);
                    }
                    span.end();
                })
                .onCancellation()
                .invoke(span::end);
    }
}
