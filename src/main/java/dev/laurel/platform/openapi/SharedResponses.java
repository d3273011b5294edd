package dev.laurel.platform.openapi;

import dev.laurel.platform.problem.Problem;
import dev.laurel.shared.ErrorCode;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The errors that any operation of a kind may return, and the headers of responses. */
final class SharedResponses {
    private static final String NOT_MODIFIED = "304";
    private static final String UNAVAILABLE = "503";

    private static final String BROKEN = "BrokenRequest";
    private static final String NOBODY = "Unauthenticated";
    private static final String FORBIDDEN = "ScopeMissing";
    private static final String FOREIGN = "ScopeMissingOrOtherOrigin";
    private static final String MISSING = "Missing";
    private static final String USED = "UsedBefore";
    private static final String TOO_LARGE = "TooLarge";
    private static final String UNSUPPORTED = "UnsupportedFormat";
    private static final String INVALID = "InvalidInput";
    private static final String STORES = "StoreUnavailable";
    private static final String LIMITED = "TooManyRequests";
    private static final List<String> LIMITS = List.of("RateLimit", "RateLimit-Policy");

    private SharedResponses() {}

    static void apply(OpenAPI document) {
        headers().forEach(document.getComponents()::addHeader);
        document.getPaths().getPathItems().values().forEach(SharedResponses::changes);
        Schemas.operations(document).forEach(operation -> {
            errors(operation);
            headers(operation);
            operation.getResponses().getAPIResponses().values().forEach(SharedResponses::texts);
        });
        Map<String, APIResponse> problems = problems();
        problems.keySet().removeIf(name -> !isUsed("#/components/responses/" + name, document));
        document.getComponents().setResponses(problems);
    }

    private static boolean isUsed(String ref, OpenAPI document) {
        return Schemas.operations(document)
                .flatMap(operation -> operation.getResponses().getAPIResponses().values().stream())
                .anyMatch(response -> ref.equals(response.getRef()));
    }

    private static void changes(PathItem path) {
        path.getOperations().forEach((method, operation) -> {
            add(operation, "401", NOBODY);
            add(operation, "403", method == HttpMethod.GET ? FORBIDDEN : FOREIGN);
        });
    }

    private static APIResponse withChallenge(APIResponse problem) {
        return problem.addHeader("WWW-Authenticate", OASFactory.createHeader().ref("WWW-Authenticate"));
    }

    private static Map<String, APIResponse> problems() {
        Map<String, APIResponse> problems = new LinkedHashMap<>();
        problems.put(BROKEN, problem(ErrorCode.MALFORMED_REQUEST, "The request cannot be read"));
        problems.put(
                NOBODY,
                withChallenge(problem(
                        ErrorCode.UNAUTHENTICATED, "A credential is needed, or the one that was sent is not valid")));
        problems.put(
                FORBIDDEN,
                withChallenge(problem(ErrorCode.SCOPE_MISSING, "The credential lacks the scope that is named")));
        problems.put(
                FOREIGN,
                withChallenge(
                        problem(
                                ErrorCode.SCOPE_MISSING,
                                "The credential lacks the scope that is named, or a page of another origin asks to change something")));
        problems.put(MISSING, problem(ErrorCode.NOT_FOUND, "A resource named in the path does not exist"));
        problems.put(USED, problem(ErrorCode.CONFLICT, "The event id has been used for another event"));
        problems.put(TOO_LARGE, problem(ErrorCode.BODY_TOO_LARGE, "The body is larger than accepted"));
        problems.put(UNSUPPORTED, problem(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body has another media type"));
        problems.put(INVALID, problem(ErrorCode.INVALID_INPUT, "A field or parameter is not valid; it is named"));
        problems.put(LIMITED, limited());
        problems.put(STORES, problem(ErrorCode.STORE_UNAVAILABLE, "A store is unavailable, or there is too much work"));
        return problems;
    }

    private static APIResponse problem(ErrorCode code, String description) {
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent()
                        .addMediaType(
                                Problem.MEDIA_TYPE,
                                OASFactory.createMediaType()
                                        .schema(OASFactory.createSchema().ref("Problem"))
                                        .example(example(code))));
    }

    private static APIResponse limited() {
        APIResponse limited = problem(ErrorCode.RATE_LIMITED, "The client has made as many requests as it may");
        refer(limited, LIMITS);
        refer(limited, List.of("Retry-After"));
        return limited;
    }

    private static Map<String, Object> example(ErrorCode code) {
        Map<String, Object> example = new LinkedHashMap<>();
        example.put("type", Problem.type(code));
        example.put("title", code.title());
        example.put("status", code.status());
        example.put("code", code.name());
        return example;
    }

    private static void errors(Operation operation) {
        boolean parameters =
                operation.getParameters() != null && !operation.getParameters().isEmpty();
        boolean body = operation.getRequestBody() != null;
        if (body) {
            add(operation, "400", BROKEN);
            add(operation, "413", TOO_LARGE);
            add(operation, "415", UNSUPPORTED);
        }
        if (parameters
                && operation.getParameters().stream().map(Parameter::getIn).anyMatch(In.PATH::equals)) {
            add(operation, "404", MISSING);
        }
        if (parameters
                && operation.getParameters().stream().map(Parameter::getName).anyMatch("Idempotency-Key"::equals)) {
            add(operation, "409", USED);
        }
        if (parameters || body) {
            add(operation, "422", INVALID);
        }
        add(operation, "429", LIMITED);
        add(operation, UNAVAILABLE, STORES);
    }

    private static void add(Operation operation, String status, String shared) {
        if (operation.getResponses().getAPIResponse(status) == null) {
            operation
                    .getResponses()
                    .addAPIResponse(status, OASFactory.createAPIResponse().ref(shared));
        }
    }

    private static Map<String, Header> headers() {
        // In order: two builds have the same document.
        return new TreeMap<>(Map.of(
                "RateLimit",
                header(
                        "Where requests are limited: how many more may be made now (r), and the seconds until all that are "
                                + "allowed may be made again (t)",
                        SchemaType.STRING),
                "RateLimit-Policy",
                header(
                        "Where requests are limited: how many (q) may be made in so many seconds (w)",
                        SchemaType.STRING),
                "Server-Timing",
                header("Milliseconds spent on the request, by stage", SchemaType.STRING),
                "ETag",
                header("Version of the response, for If-None-Match", SchemaType.STRING),
                "Cache-Control",
                header(
                        "How long the response may be cached; with no-cache, revalidate with If-None-Match",
                        SchemaType.STRING),
                "Vary",
                header("Request headers on which the response depends", SchemaType.STRING),
                "WWW-Authenticate",
                header("How to authenticate, as RFC 6750 says", SchemaType.STRING),
                "Retry-After",
                header("Seconds to wait before trying again", SchemaType.INTEGER)));
    }

    private static Header header(String description, SchemaType type) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema().addType(type));
    }

    private static void headers(Operation operation) {
        Map<String, APIResponse> responses = operation.getResponses().getAPIResponses();
        boolean versioned = responses.containsKey(NOT_MODIFIED);
        responses.forEach((status, response) -> {
            if (response.getRef() == null) {
                refer(response, List.of("Server-Timing"));
                refer(response, LIMITS);
                boolean success = status.startsWith("2");
                if (versioned && (success || NOT_MODIFIED.equals(status))) {
                    refer(response, List.of("ETag", "Cache-Control", "Vary"));
                }
                if (UNAVAILABLE.equals(status)) {
                    refer(response, List.of("Retry-After"));
                }
            }
        });
    }

    private static void refer(APIResponse response, List<String> names) {
        names.forEach(name -> {
            if (response.getHeaders() == null || !response.getHeaders().containsKey(name)) {
                response.addHeader(name, OASFactory.createHeader().ref(name));
            }
        });
    }

    /** A format without a schema is text that is read line by line. */
    private static void texts(APIResponse response) {
        if (response.getContent() != null) {
            for (MediaType type : response.getContent().getMediaTypes().values()) {
                if (type.getSchema() == null) {
                    Schema text = OASFactory.createSchema().addType(SchemaType.STRING);
                    type.setSchema(text);
                }
            }
        }
    }
}
