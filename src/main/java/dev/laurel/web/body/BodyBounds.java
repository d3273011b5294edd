package dev.laurel.web.body;

import java.util.HashMap;
import java.util.Map;

/** The longest body of each operation that has one of its own, as the build has found it: see {@link BodyBoundsExtension}. */
public final class BodyBounds {
    static final String SEPARATOR = " ";

    private final Map<String, Map<String, Integer>> bounds = new HashMap<>();

    /** @param lines class, method, bytes */
    BodyBounds(String[] lines) {
        for (String line : lines) {
            String[] parts = line.split(SEPARATOR);
            bounds.computeIfAbsent(parts[0], absent -> new HashMap<>()).put(parts[1], Integer.parseInt(parts[2]));
        }
    }

    /** That of an operation, in bytes. */
    int of(Class<?> resource, String method) {
        Map<String, Integer> own = bounds.get(resource.getName());
        return own == null ? MaxBody.DEFAULT : own.getOrDefault(method, MaxBody.DEFAULT);
    }
}
