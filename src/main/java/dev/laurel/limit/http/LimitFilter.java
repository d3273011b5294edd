package dev.laurel.limit.http;

import dev.laurel.access.Caller;
import dev.laurel.access.CurrentCaller;
import dev.laurel.limit.Client;
import dev.laurel.limit.Limit;
import dev.laurel.limit.Limit.Kind;
import dev.laurel.limit.RateLimits;
import dev.laurel.limit.Verdict;
import dev.laurel.platform.client.ClientAddress;
import dev.laurel.platform.problem.ProblemWriter;
import dev.laurel.shared.ErrorCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.List;

/** Counts each request to an operation, and refuses those beyond the limit of their client. */
@ApplicationScoped
class LimitFilter {
    /** After the caller has been found, and CORS: a page can read a refusal. Before the body is received. */
    private static final int PRIORITY = 250;

    private static final String OPERATIONS = "/api/";
    private static final String IMPORTS = "/api/v1/imports";
    private static final String LOOKUP = "/lookup";

    /** A look-up by its nature. */
    private static final String ANALYTICS = "/api/v1/analytics/players";

    private static final CharSequence STATE = HttpHeaders.createOptimized("RateLimit");
    private static final CharSequence POLICY = HttpHeaders.createOptimized("RateLimit-Policy");

    private final RateLimits limits;
    private final ClientAddress addresses;
    private final ProblemWriter problems;

    LimitFilter(RateLimits limits, ClientAddress addresses, ProblemWriter problems) {
        this.limits = limits;
        this.addresses = addresses;
        this.problems = problems;
    }

    void watch(@Observes Filters filters) {
        filters.register(this::count, PRIORITY);
    }

    private void count(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!limits.areEnabled()
                || !context.normalizedPath().startsWith(OPERATIONS)
                || HttpMethod.OPTIONS.equals(request.method())) {
            context.next();
            return;
        }
        Client client = client(request);
        Limit limit = limits.of(client, kind(request, context.normalizedPath()));
        Context own = context.vertx().getOrCreateContext();
        Verdict verdict = limits.take(
                client,
                limit,
                // Always in another turn: the body must have been paused before it is resumed.
                late -> own.runOnContext(ignored -> resume(context, client, limit, late)));
        if (verdict == null) {
            request.pause();
        } else {
            apply(context, client, limit, verdict);
        }
    }

    private Client client(HttpServerRequest request) {
        Caller caller = CurrentCaller.get();
        return switch (caller.kind()) {
            case KEY, TOKEN ->
                caller.player()
                        .map(player -> Client.ofPlayer(caller.tenant().id(), player))
                        .orElseGet(() -> Client.ofKey(
                                caller.kind() + ":" + caller.tenant().id() + ":" + caller.name()));
            default -> Client.ofAddress(addresses.of(request).network());
        };
    }

    private static Kind kind(HttpServerRequest request, String path) {
        HttpMethod method = request.method();
        if (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method) || isLookup(method, path)) {
            return Kind.READS;
        }
        return path.startsWith(IMPORTS) ? Kind.IMPORTS : Kind.WRITES;
    }

    /** By another method, a path with such an end may be that of a player or a group. */
    private static boolean isLookup(HttpMethod method, String path) {
        return HttpMethod.POST.equals(method) && (path.endsWith(LOOKUP) || path.equals(ANALYTICS));
    }

    private void resume(RoutingContext context, Client client, Limit limit, Verdict verdict) {
        HttpServerResponse response = context.response();
        if (!response.closed() && !response.ended()) {
            context.request().resume();
            apply(context, client, limit, verdict);
        }
    }

    private void apply(RoutingContext context, Client client, Limit limit, Verdict verdict) {
        HttpServerResponse response =
                context.response().putHeader(STATE, verdict.header(limit)).putHeader(POLICY, limit.policy());
        if (verdict.allowed()) {
            context.next();
            return;
        }
        limits.refused(client, limit);
        long seconds = verdict.retryAfter();
        response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        if (Kind.IMPORTS == limit.kind()) {
            // A file may follow, which would be read and discarded.
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            context.addEndHandler(ended -> context.request().connection().close());
        }
        problems.answer(
                context,
                ErrorCode.RATE_LIMITED,
                limit.permits() + " " + limit.kind().text() + " a minute are allowed; the next one in " + seconds
                        + " s",
                List.of());
    }
}
