package dev.laurel.access.http;

import dev.laurel.access.AccessMode;
import dev.laurel.access.Caller;
import dev.laurel.access.CallerSource;
import dev.laurel.access.Credential;
import dev.laurel.access.CurrentCaller;
import dev.laurel.platform.accesslog.LoggedCaller;
import dev.laurel.platform.faults.Faults;
import dev.laurel.platform.problem.Challenge;
import dev.laurel.platform.problem.ProblemWriter;
import dev.laurel.platform.timing.PathTemplate;
import dev.laurel.shared.ErrorCode;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.Unauthenticated;
import dev.laurel.shared.LaurelException.Unavailable;
import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.Optional;

/**
 * Finds the caller of each request before anything of its body is read. A credential that is sent has to be
 * valid, also in an open service: a client learns of its mistake before the service is closed.
 */
@ApplicationScoped
class Authentication {
    /** After the rules for all requests and for pages of other origins, before limits and before uploads are received. */
    static final int PRIORITY = 280;

    private static final Logger LOG = Logger.getLogger(Authentication.class);

    private final AccessMode mode;
    private final List<CallerSource> sources;
    private final ProblemWriter problems;
    private final Refusals refusals;

    Authentication(AccessMode mode, @All List<CallerSource> sources, ProblemWriter problems, Refusals refusals) {
        this.mode = mode;
        this.sources = sources;
        this.problems = problems;
        this.refusals = refusals;
    }

    void watch(@Observes Filters filters) {
        filters.register(this::authenticate, PRIORITY);
    }

    /** Whatever its path: several spellings of a path lead to the same operation. */
    private void authenticate(RoutingContext request) {
        Sent sent = Sent.of(request.request().headers());
        if (sent == Sent.NOTHING) {
            accept(request, mode.isOpen() ? Caller.OPEN : Caller.ANONYMOUS);
            return;
        }
        CallerSource source = sourceOf(sent);
        if (source == null) {
            refuse(request, Unauthenticated.invalid());
            return;
        }
        Optional<Caller> known = source.known(sent.credential());
        if (known.isPresent()) {
            accept(request, known.get());
        } else {
            find(request, source, sent.credential());
        }
    }

    private CallerSource sourceOf(Sent sent) {
        if (sent.credential() != null) {
            for (CallerSource source : sources) {
                if (source.accepts(sent.credential())) {
                    return source;
                }
            }
        }
        return null;
    }

    /** The framework lets the body wait until somebody reads it. */
    private void find(RoutingContext request, CallerSource source, Credential credential) {
        source.find(credential)
                .subscribe()
                .with(caller -> accept(request, caller), failure -> refuse(request, failure));
    }

    private static void accept(RoutingContext request, Caller caller) {
        CurrentCaller.set(caller);
        logged(caller).note(request);
        request.next();
    }

    private static LoggedCaller logged(Caller caller) {
        boolean named = caller.kind() == Caller.Kind.KEY
                || caller.kind() == Caller.Kind.TOKEN && caller.player().isEmpty();
        return new LoggedCaller(caller.kind().name(), named ? caller.name() : null);
    }

    private void refuse(RoutingContext request, Throwable failure) {
        if (request.response().closed() || request.response().ended()) {
            return;
        }
        if (failure instanceof LaurelException known) {
            refusals.count(known instanceof Unauthenticated ? Refusals.INVALID : Refusals.UNAVAILABLE);
            if (known instanceof Unauthenticated refused) {
                request.response().putHeader(Challenge.HEADER, Challenge.of(refused));
            }
            if (known instanceof Unavailable later) {
                request.response()
                        .putHeader(
                                HttpHeaders.RETRY_AFTER,
                                Long.toString(later.retryAfter().toSeconds()));
            }
            problems.answer(request, known.code(), known.getMessage(), List.of());
        } else {
            LOG.error("The caller of a request could not be found out", failure);
            Faults.inRequest(request.request().method().name(), PathTemplate.of(request.request()), failure);
            problems.answer(request, ErrorCode.INTERNAL, "The service has failed", List.of());
        }
    }
}
