package dev.laurel.web;

import dev.laurel.shared.LaurelException.InvalidInput;
import io.vertx.ext.web.RoutingContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Refuses query parameters that the operation does not know, just as unknown fields of a body are refused: a misspelt
 * one would be lost silently. So would the second value of a repeated one, since all parameters are single-valued.
 *
 * <p>A window, a cursor, a segment, a board, a prefix, a player or a group without a value is refused, too. The framework presents it to resources as
 * absent: a client that has lost its cursor would get the first page over and over, or all boards where it
 * meant one, and would drop all that is cached where it meant one player.
 */
class QueryParameterFilter {
    private static final Set<String> NEVER_EMPTY =
            Set.of("window", "cursor", "segment", "board", "prefix", "player", "group");

    private final QueryParameters parameters;

    QueryParameterFilter(QueryParameters parameters) {
        this.parameters = parameters;
    }

    @ServerRequestFilter(nonBlocking = true)
    void refuse(RoutingContext request, SimpleResourceInfo operation) {
        String query = request.request().query();
        if (query == null || query.isEmpty() || operation.getResourceClass() == null) {
            return;
        }
        Set<String> known = parameters.of(operation.getResourceClass(), operation.getMethodName());
        if (known != null) {
            requireOnly(known, request);
        }
    }

    private static void requireOnly(Set<String> known, RoutingContext request) {
        Set<String> met = new HashSet<>();
        for (Map.Entry<String, String> parameter : request.queryParams().entries()) {
            String name = parameter.getKey();
            if (!known.contains(name)) {
                throw new InvalidInput(name, "is unknown");
            }
            if (!met.add(name)) {
                throw new InvalidInput(name, "is given twice");
            }
            if (parameter.getValue().isEmpty() && NEVER_EMPTY.contains(name)) {
                throw new InvalidInput(name, "must not be empty");
            }
        }
    }
}
