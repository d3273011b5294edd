package dev.laurel.platform.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.shared.ErrorCode;
import dev.laurel.shared.FieldError;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Responds to requests with a problem document before they reach an operation. */
@ApplicationScoped
public class ProblemWriter {
    private final ObjectMapper mapper;

    ProblemWriter(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Ends a request with a problem; the rest of its body is read and discarded. */
    public void answer(RoutingContext request, ErrorCode code, String detail, List<FieldError> errors) {
        Problem problem = Problem.of(code, code.status(), detail, errors);
        try {
            String body = mapper.writeValueAsString(problem);
            request.request().resume();
            request.response()
                    .setStatusCode(code.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                    .end(body);
        } catch (JsonProcessingException e) {
            request.fail(e);
        }
    }
}
