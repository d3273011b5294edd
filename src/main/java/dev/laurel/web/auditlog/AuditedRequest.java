package dev.laurel.web.auditlog;

import dev.laurel.access.Caller;
import dev.laurel.access.CurrentCaller;
import dev.laurel.auditlog.AuditedAction;
import dev.laurel.auditlog.AuditedAction.Actor;
import dev.laurel.platform.client.IpAddress;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes an action of a request: what the entry says is in its line and about its caller, never in its body. */
final class AuditedRequest {
    /** How the parameters of paths and queries are called that name a player. */
    private static final List<String> PLAYER = List.of("player", "user_id");

    /** Free text, and what may contain the id of a player: only that it was given is kept. */
    private static final Set<String> NOT_KEPT = Set.of("player", "reason", "prefix", "group", "cursor");

    private static final String OMITTED = "(omitted)";

    private AuditedRequest() {}

    static AuditedAction action(String operation, RoutingContext request, UriInfo address, IpAddress client) {
        MultivaluedMap<String, String> path = address.getPathParameters();
        String player = player(path);
        return new AuditedAction(
                actor(client),
                operation,
                request.request().method().name(),
                target(request.normalizedPath(), player),
                player == null ? player(address.getQueryParameters()) : player,
                parameters(address.getQueryParameters()),
                AuditedOperations.definition(path));
    }

    private static Actor actor(IpAddress client) {
        Caller caller = CurrentCaller.get();
        return new Actor(caller.tenant(), caller.kind().name(), caller.name(), client.toString());
    }

    private static String player(MultivaluedMap<String, String> parameters) {
        return PLAYER.stream()
                .map(parameters::getFirst)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst()
                .orElse(null);
    }

    /** With the name of the parameter in place of the player, segment by segment: an id may be part of another word. */
    private static String target(String path, String player) {
        return player == null
                ? path
                : Arrays.stream(path.split("/", -1))
                        .map(segment -> player.equals(decoded(segment)) ? "{player}" : segment)
                        .collect(Collectors.joining("/"));
    }

    private static String decoded(String segment) {
        return QueryStringDecoder.decodeComponent(segment.replace("+", "%2B"));
    }

    private static Map<String, Object> parameters(MultivaluedMap<String, String> query) {
        Map<String, Object> kept = new TreeMap<>();
        query.forEach((name, values) -> kept.put(name, NOT_KEPT.contains(name) ? OMITTED : values.get(0)));
        return kept;
    }
}
