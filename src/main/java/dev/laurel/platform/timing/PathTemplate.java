package dev.laurel.platform.timing;

import io.quarkus.micrometer.runtime.binder.vertx.HttpRequestMetric;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;

import java.util.List;
import java.util.Map;

/** The path of a request's operation, such as {@code /api/v1/boards/{board}}; never the one that was sent. */
public final class PathTemplate {
    private static final String NO_OPERATION = "/UNMATCHED";

    private PathTemplate() {}

    /** As the framework labels the request in its metrics; known once the request has been routed. */
    public static String of(HttpServerRequest request) {
        return request instanceof HttpServerRequestInternal known && known.metric() instanceof HttpRequestMetric metric
                ? metric.getNormalizedUriPath(Map.of(), List.of())
                : NO_OPERATION;
    }
}
