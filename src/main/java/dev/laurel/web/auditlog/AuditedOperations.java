package dev.laurel.web.auditlog;

import dev.laurel.auditlog.AuditedAction.Definition;
import jakarta.ws.rs.core.MultivaluedMap;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The operations whose actions stand in the audit log, as the build has found them: all that need the scope {@code admin} and
 * may change something. See {@link AuditedOperationsExtension}.
 */
public final class AuditedOperations {
    static final String SEPARATOR = " ";

    /** Parameters of paths that name a definition which the database knows. */
    private static final List<String> DEFINITIONS = List.of("board", "challenge", "achievement", "key", "tenant");

    private final Map<String, Map<String, String>> ids = new HashMap<>();

    /** @param lines for each operation: class, method, id */
    AuditedOperations(String[] lines) {
        for (String line : lines) {
            String[] parts = line.split(SEPARATOR);
            ids.computeIfAbsent(parts[0], absent -> new HashMap<>()).put(parts[1], parts[2]);
        }
    }

    /** The id of an operation in the OpenAPI document; null when its actions are not recorded. */
    String of(Class<?> resource, String method) {
        Map<String, String> methods = ids.get(resource.getName());
        return methods == null ? null : methods.get(method);
    }

    /** What a path names. */
    static Definition definition(MultivaluedMap<String, String> path) {
        for (String kind : DEFINITIONS) {
            if (path.containsKey(kind)) {
                return new Definition(kind, path.getFirst(kind));
            }
        }
        return Definition.NONE;
    }
}
