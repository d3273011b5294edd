package dev.laurel.platform.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Removes from spans what names players and boards: addresses as they were sent. The route of the operation stays. */
@ApplicationScoped
class SpanRules implements SpanProcessor {
    private static final List<AttributeKey<String>> SENT =
            List.of(AttributeKey.stringKey("url.path"), AttributeKey.stringKey("url.query"));

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        for (AttributeKey<String> key : SENT) {
            if (span.getAttribute(key) != null) {
                span.setAttribute(key, "");
            }
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
