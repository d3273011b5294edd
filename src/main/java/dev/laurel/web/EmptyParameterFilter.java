package dev.laurel.web;

import dev.laurel.shared.LaurelException.InvalidInput;
import io.vertx.core.http.HttpServerRequest;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import java.util.Set;

/**
 * Refuses a window or a cursor that is given without a value. To resources the framework shows it as not given, and a
 * client that has lost its cursor would get the first page again and again.
 */
class EmptyParameterFilter {
    private static final Set<String> NAMES = Set.of("window", "cursor");

    @ServerRequestFilter(nonBlocking = true)
    void refuse(HttpServerRequest request) {
        String query = request.query();
        if (query == null) {
            return;
        }
        for (String part : query.split("&")) {
            String name = part.endsWith("=") ? part.substring(0, part.length() - 1) : part;
            if (NAMES.contains(name)) {
                throw new InvalidInput(name, "must not be empty");
            }
        }
    }
}
