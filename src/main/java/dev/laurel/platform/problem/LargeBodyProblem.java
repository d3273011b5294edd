package dev.laurel.platform.problem;

import dev.laurel.shared.ErrorCode;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.List;

/**
 * The problem document for a body declared as too large. If the size shows only as the body arrives, the framework ends
 * the request itself, without a document.
 */
@ApplicationScoped
class LargeBodyProblem {
    // Before the framework's own check, which responds without a body.
    private static final int BEFORE_LIMITS = 100;

    private final ProblemWriter problems;
    private final long maxBody;

    LargeBodyProblem(
            ProblemWriter problems, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize maxBody) {
        this.problems = problems;
        this.maxBody = maxBody.asLongValue();
    }

    void filter(@Observes Filters filters) {
        filters.register(this::refuseLargeBody, BEFORE_LIMITS);
    }

    private void refuseLargeBody(RoutingContext request) {
        if (announcedLength(request) <= maxBody) {
            request.next();
            return;
        }
        // The rest of the body would be read as the next request.
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        request.addEndHandler(ended -> request.request().connection().close());
        problems.answer(request, ErrorCode.BODY_TOO_LARGE, "The body is larger than accepted", List.of());
    }

    private static long announcedLength(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            // Left to the framework, which refuses it.
            return 0;
        }
    }
}
