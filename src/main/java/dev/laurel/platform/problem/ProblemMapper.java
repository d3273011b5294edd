package dev.laurel.platform.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.laurel.platform.faults.Faults;
import dev.laurel.platform.timing.PathTemplate;
import dev.laurel.shared.ErrorCode;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.BodyRefused;
import dev.laurel.shared.LaurelException.ConfirmationRequired;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.RateLimited;
import dev.laurel.shared.LaurelException.ScopeMissing;
import dev.laurel.shared.LaurelException.Unauthenticated;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Texts;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import java.io.CharConversionException;
import java.util.List;
import java.util.stream.Collectors;

/** Turns every failure, including the framework's, into a problem document. No internals are exposed. */
public class ProblemMapper {
    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    Response laurel(LaurelException failure) {
        List<FieldError> errors = errorsOf(failure);
        Response.ResponseBuilder response = respond(failure.code(), failure.getMessage(), errors);
        if (failure instanceof ConfirmationRequired refused) {
            response.entity(Problem.of(failure.code(), failure.code().status(), failure.getMessage(), errors)
                    .with(refused.changes()));
        }
        if (failure instanceof Unavailable unavailable) {
            response.header(HttpHeaders.RETRY_AFTER, unavailable.retryAfter().toSeconds());
        }
        if (failure instanceof RateLimited limited) {
            response.header(HttpHeaders.RETRY_AFTER, limited.retryAfter().toSeconds());
        }
        if (failure instanceof Unauthenticated refused) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, Challenge.of(refused));
        }
        if (failure instanceof ScopeMissing) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, Challenge.INSUFFICIENT_SCOPE);
        }
        return response.build();
    }

    private static List<FieldError> errorsOf(LaurelException failure) {
        if (failure instanceof InvalidInput invalid) {
            return invalid.errors();
        }
        return failure instanceof BodyRefused refused ? refused.errors() : List.of();
    }

    // Listed individually: the framework brings its own mappers for the second and the third.
    @ServerExceptionMapper({JsonMappingException.class, MismatchedInputException.class, InvalidDefinitionException.class
    })
    Response mapping(JsonMappingException failure, HttpServerRequest request) {
        if (failure.getProcessor() instanceof JsonGenerator) {
            // A response that cannot be written is not the fault of the request.
            return anything(failure, request);
        }
        LaurelException known = refusal(failure);
        return known == null ? malformed(failure) : laurel(known);
    }

    /**
     * Describes what is wrong with a document that is JSON, but not the expected one; null when no field can be named.
     */
    public static LaurelException refusal(JsonMappingException failure) {
        if (failure.getCause() instanceof LaurelException known) {
            return known;
        }
        if (isNoJson(failure)) {
            return null;
        }
        String field = failure.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."));
        if (field.isEmpty()) {
            return null;
        }
        return new InvalidInput(field, message(failure));
    }

    private static String message(JsonMappingException failure) {
        if (failure instanceof UnrecognizedPropertyException) {
            return "is unknown";
        }
        if (failure instanceof InvalidNullException) {
            return "must not contain null";
        }
        boolean unsound = failure instanceof InvalidFormatException format
                && format.getValue() instanceof String text
                && !Texts.isSound(text);
        return unsound ? Texts.RULE : "has a value of the wrong type";
    }

    /** Whether the text itself is malformed, somewhere inside a field, so that the field is not to blame. */
    public static boolean isNoJson(JsonMappingException failure) {
        return failure.getCause() instanceof JsonProcessingException cause && !(cause instanceof JsonMappingException);
    }

    @ServerExceptionMapper
    Response unreadable(JsonProcessingException failure, HttpServerRequest request) {
        return failure instanceof JsonMappingException mapping ? mapping(mapping, request) : malformed(failure);
    }

    /** Bytes detected as a character encoding other than UTF-8, and not valid in that either. */
    @ServerExceptionMapper
    Response undecodable(CharConversionException failure) {
        return malformed(failure);
    }

    private static Response malformed(Exception failure) {
        boolean beyondBounds = failure instanceof StreamConstraintsException
                || failure.getCause() instanceof StreamConstraintsException;
        String detail = beyondBounds
                ? "The body is nested too deeply, or has too long a name or number"
                : "The body is not the JSON document expected here";
        return respond(ErrorCode.MALFORMED_REQUEST, detail, List.of()).build();
    }

    @ServerExceptionMapper
    Response web(WebApplicationException failure, HttpServerRequest request) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException && cause instanceof JsonProcessingException json) {
                return unreadable(json, request);
            }
            if (cause instanceof CharConversionException undecodable) {
                return malformed(undecodable);
            }
        }
        int status = failure.getResponse().getStatus();
        Response.ResponseBuilder response =
                switch (status) {
                    case 400 -> respond(ErrorCode.MALFORMED_REQUEST, "The request cannot be read", List.of());
                    case 404 -> respond(ErrorCode.NOT_FOUND, "There is no resource at this address", List.of());
                    case 405 -> respond(ErrorCode.METHOD_NOT_ALLOWED, "This method is not allowed here", List.of());
                    case 406 -> respond(ErrorCode.NOT_ACCEPTABLE, "This resource is only available as JSON", List.of());
                    case 413 -> respond(ErrorCode.BODY_TOO_LARGE, "The body is larger than accepted", List.of());
                    case 415 -> respond(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "JSON is expected here", List.of());
                    default -> unexpected(failure, request);
                };
        String allow = failure.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? response.build()
                : response.header(HttpHeaders.ALLOW, allow).build();
    }

    @ServerExceptionMapper
    Response anything(Throwable failure, HttpServerRequest request) {
        return unexpected(failure, request).build();
    }

    private static Response.ResponseBuilder unexpected(Throwable failure, HttpServerRequest request) {
        LOG.error("A request failed", failure);
        Faults.inRequest(request.method().name(), PathTemplate.of(request), failure);
        return respond(
                ErrorCode.INTERNAL,
                "The request failed because of an internal error, which has been logged",
                List.of());
    }

    private static Response.ResponseBuilder respond(ErrorCode code, String detail, List<FieldError> errors) {
        return Response.status(code.status())
                .type(Problem.MEDIA_TYPE)
                .entity(Problem.of(code, code.status(), detail, errors));
    }
}
