package dev.laurel.web;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Texts;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import java.util.ArrayList;
import java.util.List;

/** Refuses parameters with characters that no store can keep, for all operations at once. */
class HostileTextFilter {
    @ServerRequestFilter(nonBlocking = true)
    void refuse(HttpServerRequest request, UriInfo address) {
        // Such characters occur only as escapes.
        if (request.uri().indexOf('%') < 0) {
            return;
        }
        List<FieldError> errors = new ArrayList<>();
        collect(address.getPathParameters(), errors);
        collect(address.getQueryParameters(), errors);
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
    }

    private static void collect(MultivaluedMap<String, String> parameters, List<FieldError> errors) {
        parameters.forEach((name, values) -> {
            if (!Texts.isSound(name)) {
                errors.add(new FieldError("query", Texts.RULE));
            } else if (!values.stream().allMatch(Texts::isSound)) {
                errors.add(new FieldError(name, Texts.RULE));
            }
        });
    }
}
