package dev.laurel.access.http;

import dev.laurel.access.Scope;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What callers need for each operation, as the build has found it: see {@link OperationNeedsExtension}. */
public final class OperationNeeds {
    static final String SEPARATOR = " ";

    private final Map<String, Map<String, Need>> needs = new HashMap<>();

    /** @param lines for each operation: class, method, whether it keeps within boards, whether it concerns the service, scopes */
    OperationNeeds(String[] lines) {
        for (String line : lines) {
            String[] parts = line.split(SEPARATOR);
            Set<Scope> scopes = new LinkedHashSet<>();
            Arrays.stream(parts).skip(4).map(Scope::valueOf).forEach(scopes::add);
            needs.computeIfAbsent(parts[0], absent -> new HashMap<>())
                    .put(parts[1], new Need(scopes, Boolean.parseBoolean(parts[2]), Boolean.parseBoolean(parts[3])));
        }
    }

    /** For tests: the same. */
    static OperationNeeds of(String... lines) {
        return new OperationNeeds(lines);
    }

    /** What an operation needs; null for one that is not known, which nobody may call. */
    Need of(Class<?> resource, String method) {
        Map<String, Need> methods = needs.get(resource.getName());
        return methods == null ? null : methods.get(method);
    }

    /**
     * What callers need.
     *
     * @param scopes one of these; none for an operation that anyone may call
     * @param withinBoards as in {@link dev.laurel.access.RequiresScope}
     * @param ofService likewise
     */
    record Need(Set<Scope> scopes, boolean withinBoards, boolean ofService) {
        boolean isNone() {
            return scopes.isEmpty();
        }

        boolean isMetBy(Set<Scope> held) {
            for (Scope scope : scopes) {
                if (scope.isAmong(held)) {
                    return true;
                }
            }
            return scopes.isEmpty();
        }
    }
}
