package dev.laurel.platform.http;

import dev.laurel.platform.http.OriginRules.Verdict;
import dev.laurel.platform.http.connection.Refusal;
import dev.laurel.platform.problem.ProblemWriter;
import dev.laurel.shared.ErrorCode;
import io.quarkus.micrometer.runtime.binder.vertx.HttpRequestMetric;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides about a request before it is routed to an operation: whether it could be read, whether it names this service,
 * and whether it may change something.
 */
@ApplicationScoped
class Edge {
    /** After the connection drain and the access log, which must see every request. */
    private static final int PRIORITY = Integer.MAX_VALUE - 2;

    private static final int BEFORE_HEALTH = -1;

    /** The label of a request that reaches no operation. */
    private static final String NO_OPERATION = "/UNMATCHED";

    /** The paths of operations that accept forms with files. */
    private static final Set<String> FORMS = Set.of("/api/v1/imports");

    private final HostRules hosts;
    private final OriginRules origins;
    private final ProblemWriter problems;

    Edge(
            HttpConfig config,
            ProblemWriter problems,
            @ConfigProperty(name = "quarkus.http.host") String address,
            @ConfigProperty(name = "laurel.default.host") Optional<String> ownAddress) {
        List<String> names = ownAddress.filter(address::equals).isPresent() ? HostRules.LOOPBACK : List.of();
        this.hosts = new HostRules(config.allowedHosts().orElse(names));
        this.origins = new OriginRules(config.trustedOrigins().orElse(List.of()));
        this.problems = problems;
    }

    void watch(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    void watchHealth(@Observes ManagementInterface management) {
        management.router().route().order(BEFORE_HEALTH).handler(context -> {
            if (!refused(context)) {
                context.next();
            }
        });
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        label(request);
        BrowserRules.apply(request);
        context.addHeadersEndHandler(ignored -> ResponseHeaders.complete(request));
        if (refused(context)) {
            return;
        }
        if (!hosts.allow(request.getHeader(HttpHeaders.HOST))) {
            problems.answer(
                    context,
                    ErrorCode.HOST_NOT_ALLOWED,
                    "The Host of the request is not listed in laurel.http.allowed-hosts",
                    List.of());
        } else if (isCompressed(request)) {
            // Unpacked it might be thousand times as large as what is limited here.
            problems.answer(
                    context,
                    ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body as it is, without Content-Encoding",
                    List.of());
        } else {
            judge(context, origins.judge(request.method(), request.headers(), FORMS.contains(request.path())));
        }
    }

    private static boolean isCompressed(HttpServerRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return encoding != null && !HttpHeaders.IDENTITY.toString().equalsIgnoreCase(encoding.strip());
    }

    /** Whether the request stands in for one that could not be read; if so, the response is sent here. */
    private boolean refused(RoutingContext context) {
        if (context.request().decoderResult() instanceof Refusal refusal) {
            problems.answer(context, refusal.code(), refusal.detail(), refusal.errors());
            return true;
        }
        return false;
    }

    /**
     * The framework labels a request by its path unless it has found an operation, and every path would become a label.
     */
    private static void label(HttpServerRequest request) {
        if (request instanceof HttpServerRequestInternal known && known.metric() instanceof HttpRequestMetric metric) {
            metric.setTemplatePath(NO_OPERATION);
        }
    }

    private void judge(RoutingContext context, Verdict verdict) {
        switch (verdict) {
            case ALLOWED -> context.next();
            case WRONG_TYPE ->
                problems.answer(context, ErrorCode.UNSUPPORTED_MEDIA_TYPE, "JSON is expected here", List.of());
            case OTHER_ORIGIN ->
                problems.answer(
                        context,
                        ErrorCode.CROSS_ORIGIN,
                        "A browser may make changes only from a page of this origin or of a trusted one; a client "
                                + "other than a browser has to send application/json, or the header "
                                + OriginRules.CLIENT,
                        List.of());
        }
    }
}
