package dev.laurel.web;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The query parameters that each operation declares. */
final class QueryParameters {
    /** Separates the names of an operation's parameters, and the operation from the first of them. */
    static final String SEPARATOR = " ";

    private final Map<String, Set<String>> byOperation;

    /** @param lines one for each operation: its name as by {@link #operation}, and its parameters */
    QueryParameters(String[] lines) {
        Map<String, Set<String>> found = new HashMap<>();
        for (String line : lines) {
            String[] words = line.split(SEPARATOR);
            found.put(words[0], Arrays.stream(words).skip(1).collect(Collectors.toUnmodifiableSet()));
        }
        this.byOperation = Map.copyOf(found);
    }

    static String operation(String resource, String method) {
        return resource + "." + method;
    }

    /** The parameters of an operation; null for a method that serves none of ours. */
    Set<String> of(Class<?> resource, String method) {
        return byOperation.get(operation(resource.getName(), method));
    }
}
