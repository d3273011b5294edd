package dev.laurel.web.imports;

import dev.laurel.access.Caller;
import dev.laurel.access.CurrentCaller;
import dev.laurel.access.Scope;
import dev.laurel.access.tenant.Places;
import dev.laurel.access.tenant.SharedPlaces;
import dev.laurel.access.tenant.Shares;
import dev.laurel.imports.ImportConfig;
import dev.laurel.imports.file.ImportFileConfig;
import dev.laurel.imports.spool.Spool;
import dev.laurel.platform.faults.Faults;
import dev.laurel.platform.problem.ProblemWriter;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.platform.timing.PathTemplate;
import dev.laurel.shared.ErrorCode;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.RateLimited;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Texts;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Receives forms with files before they are routed to their operation. The framework would collect them first, under the limit
 * of all other bodies; here they pass through to the spool, a piece at a time.
 */
@ApplicationScoped
class UploadFilter {
    static final String PATH = "/api/v1/imports";
    static final String FORM = "multipart/form-data";

    private static final Logger LOG = Logger.getLogger(UploadFilter.class);

    /** Before the limit of other bodies; after the rules for all requests. */
    private static final int PRIORITY = 200;

    /** The fields of a form next to its file. */
    private static final long FIELD_BYTES = 128 << 10;

    private static final Duration LOOK = Duration.ofSeconds(30);

    /** A client that sends fewer than 10,000 bytes a second is taken to be merely holding its place. */
    private static final long BYTES_A_LOOK = LOOK.toSeconds() * 10_000;

    private final Spool spool;
    private final ProblemWriter problems;
    private final ImportConfig config;
    private final long maxBytes;
    private final Places running;

    UploadFilter(Spool spool, ProblemWriter problems, ImportConfig config, ImportFileConfig files, Shares shares) {
        this.running = new Places(SharedPlaces.UPLOADS, config.uploads(), shares, "Too many files are being uploaded");
        this.spool = spool;
        this.problems = problems;
        this.config = config;
        this.maxBytes = files.maxSize().asLongValue();
    }

    void watch(@Observes Filters filters) {
        filters.register(this::receive, PRIORITY);
    }

    private void receive(RoutingContext request) {
        if (request.request().method() != HttpMethod.POST
                || !PATH.equals(request.normalizedPath())
                || !isForm(request.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
            request.next();
        } else if (!mayUpload(CurrentCaller.get())) {
            // To the operation, which refuses it: nothing of it is received.
            request.next();
        } else if (request.request().query() != null
                && !request.request().query().isEmpty()) {
            refuse(request, new InvalidInput(unknown(request)));
        } else if (announced(request) > maxBytes + FIELD_BYTES) {
            refuse(request, ErrorCode.BODY_TOO_LARGE, "The file is larger than accepted", List.of());
        } else {
            beginIfFree(request);
        }
    }

    private void beginIfFree(RoutingContext request) {
        Places.Place place;
        try {
            place = running.take(CurrentTenant.get());
        } catch (LaurelException taken) {
            refuse(request, taken);
            return;
        }
        begin(request, place);
    }

    private static boolean mayUpload(Caller caller) {
        return caller.has(Scope.IMPORT) && caller.boards().isAll();
    }

    /** All options are fields of the form. */
    private static List<FieldError> unknown(RoutingContext request) {
        return request.queryParams().names().stream()
                .map(name -> new FieldError(Texts.isSound(name) ? name : "query", "is unknown"))
                .toList();
    }

    private static boolean isForm(String type) {
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
    }

    private static long announced(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            // Left to the framework, which refuses it.
            return 0;
        }
    }

    private void begin(RoutingContext request, Places.Place place) {
        request.request().pause();
        request.addEndHandler(ended -> place.leave());
        spool.begin(CurrentTenant.get(), announced(request))
                .chain(file -> inTime(request, new UploadReader(request, spool, file, maxBytes))
                        .onFailure()
                        .call(failure -> spool.discard(file).onFailure().recoverWithNull()))
                .subscribe()
                .with(upload -> pass(request, upload), failure -> refuse(request, failure));
    }

    /** Each takes one of few places, however slowly it arrives. */
    private Uni<Upload> inTime(RoutingContext request, UploadReader reader) {
        Vertx vertx = request.vertx();
        long timer = vertx.setTimer(config.uploadTimeout().toMillis(), expired -> reader.expire());
        long looks = vertx.setPeriodic(LOOK.toMillis(), look -> reader.requireProgress(BYTES_A_LOOK));
        return reader.read().onTermination().invoke(() -> {
            vertx.cancelTimer(timer);
            vertx.cancelTimer(looks);
        });
    }

    /** To the operation, which finds the body read, and must not take its size for its own. */
    private static void pass(RoutingContext request, Upload upload) {
        request.request().headers().remove(HttpHeaders.CONTENT_LENGTH);
        request.request().headers().remove(HttpHeaders.TRANSFER_ENCODING);
        upload.attach(request);
        request.next();
    }

    private void refuse(RoutingContext request, Throwable failure) {
        if (request.response().closed()) {
            return;
        }
        if (failure instanceof UploadReader.TooLarge) {
            refuse(request, ErrorCode.BODY_TOO_LARGE, "The file is larger than accepted", List.of());
        } else if (failure instanceof UploadReader.TooSlow) {
            refuse(request, ErrorCode.REQUEST_TIMEOUT, "The file did not arrive in time", List.of());
        } else if (failure instanceof InvalidInput invalid) {
            refuse(request, invalid.code(), invalid.getMessage(), invalid.errors());
        } else if (failure instanceof LaurelException known) {
            if (known instanceof Unavailable || known instanceof RateLimited) {
                request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            }
            refuse(request, known.code(), known.getMessage(), List.of());
        } else {
            LOG.errorf(failure, "An upload failed");
            Faults.inRequest("POST", PathTemplate.of(request.request()), failure);
            refuse(request, ErrorCode.INTERNAL, "The service has failed", List.of());
        }
    }

    /** The rest of the body would be read as the next request. */
    private void refuse(RoutingContext request, ErrorCode code, String detail, List<FieldError> errors) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        request.addEndHandler(ended -> request.request().connection().close());
        problems.answer(request, code, detail, errors);
    }
}
