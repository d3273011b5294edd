package dev.laurel.access.http;

import dev.laurel.access.AccessMode;
import dev.laurel.access.Caller;
import dev.laurel.access.CallerSource;
import dev.laurel.access.Credential;
import dev.laurel.access.CredentialAttempts;
import dev.laurel.access.CurrentCaller;
import dev.laurel.platform.accesslog.LoggedCaller;
import dev.laurel.platform.async.Bulkhead;
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
import io.smallrye.mutiny.Uni;
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

    private static final int SUSPECTS_WAITING = 20;

    private static final Logger LOG = Logger.getLogger(Authentication.class);

    private final AccessMode mode;
    private final List<CallerSource> sources;
    private final ProblemWriter problems;
    private final Refusals refusals;
    private final CredentialAttempts attempts;
    private final Bulkhead suspects = new Bulkhead(1, SUSPECTS_WAITING, "Too many unknown credentials are being tried");

    Authentication(
            AccessMode mode,
            @All List<CallerSource> sources,
            ProblemWriter problems,
            Refusals refusals,
            CredentialAttempts attempts) {
        this.attempts = attempts;
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
        Optional<Caller> known = source == null ? Optional.empty() : source.known(sent.credential());
        if (known.isPresent()) {
            accept(request, known.get());
        } else {
            attempt(request, source, sent.credential());
        }
    }

    /**
     * Where too many wrong credentials have come from, others that are not known wait in one short line, so that they neither
     * take much of the service nor are locked out.
     *
     * @param source null for a credential that nobody could have
     */
    private void attempt(RoutingContext request, CallerSource source, Credential credential) {
        if (source == null || source.isKnownWrong(credential)) {
            refuse(request, Unauthenticated.invalid());
            return;
        }
        String address = attempts.addressOf(request.request());
        boolean suspect = !source.wasValid(credential) && attempts.isExhausted(address);
        Uni<Caller> look = Uni.createFrom().deferred(() -> source.find(credential));
        find(request, suspect ? suspects.run(look) : look, new Attempt(address, suspect));
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
    private void find(RoutingContext request, Uni<Caller> look, Attempt attempt) {
        look.subscribe().with(caller -> accept(request, caller), failure -> {
            if (failure instanceof Unauthenticated) {
                attempts.failed(attempt.address);
            }
            if (attempt.suspect && isOverloaded(failure)) {
                refuseAttempt(request);
            } else {
                refuse(request, failure);
            }
        });
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

    private static boolean isOverloaded(Throwable failure) {
        return failure instanceof Unavailable known && known.code() == ErrorCode.OVERLOADED;
    }

    private void refuseAttempt(RoutingContext request) {
        if (request.response().closed() || request.response().ended()) {
            return;
        }
        refusals.count(Refusals.ATTEMPTS);
        request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        problems.answer(
                request, ErrorCode.RATE_LIMITED, "Too many wrong credentials have come from this address", List.of());
    }

    /** @param suspect whether too many wrong credentials have come from the address */
    private record Attempt(String address, boolean suspect) {}

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
