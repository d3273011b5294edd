package dev.laurel.platform.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

/** The trace of the present request. */
public final class TraceIds {
    private TraceIds() {}

    /** Null while traces are off, and outside a request. */
    public static String current() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : null;
    }
}
