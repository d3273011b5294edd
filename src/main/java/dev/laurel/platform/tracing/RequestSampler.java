package dev.laurel.platform.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import jakarta.inject.Singleton;

import java.util.List;

/** Traces begin with requests. A job would begin one with each of its statements, some hundred every second. */
@Singleton
class RequestSampler implements Sampler {
    private final Sampler requests;

    RequestSampler(TracingConfig config) {
        this.requests = Sampler.parentBased(Sampler.traceIdRatioBased(config.sampleRate()));
    }

    @Override
    public SamplingResult shouldSample(
            Context parent, String trace, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
        boolean begins = !Span.fromContext(parent).getSpanContext().isValid();
        return begins && kind != SpanKind.SERVER
                ? SamplingResult.drop()
                : requests.shouldSample(parent, trace, name, kind, attributes, links);
    }

    @Override
    public String getDescription() {
        return "of requests, " + requests.getDescription();
    }
}
