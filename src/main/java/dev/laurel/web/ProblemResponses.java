package dev.laurel.web;

import dev.laurel.platform.problem.Problem;
import dev.laurel.shared.ErrorCode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

import java.util.Map;
import java.util.TreeMap;

/** Declares once, for every operation of the OpenAPI document, that errors are problem documents. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class ProblemResponses implements OASFilter {
    private static final int FIRST_ERROR = 400;

    @Override
    public Operation filterOperation(Operation operation) {
        APIResponses responses = operation.getResponses();
        responses.getAPIResponses().forEach((status, response) -> {
            if (Character.isDigit(status.charAt(0)) && Integer.parseInt(status) >= FIRST_ERROR) {
                response.setContent(problem(status));
            }
        });
        responses.setDefaultValue(anyOther());
        return operation;
    }

    private static APIResponse anyOther() {
        return OASFactory.createAPIResponse()
                .description("Any other error")
                .content(problem(Integer.toString(ErrorCode.INTERNAL.status())));
    }

    private static Content problem(String status) {
        return OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"))
                                .example(example(Integer.parseInt(status))));
    }

    private static Map<String, Object> example(int status) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.status() == status) {
                return new TreeMap<>(Map.of(
                        "type", Problem.type(code), "title", code.title(), "status", status, "code", code.name()));
            }
        }
        throw new IllegalArgumentException("No error has status " + status);
    }
}
