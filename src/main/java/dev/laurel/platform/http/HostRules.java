package dev.laurel.platform.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names under which the service may be addressed. A web page can point its own name at the address of a service
 * that only its reader can reach (DNS rebinding), and then counts as the same origin; only the name gives it away.
 */
final class HostRules {
    static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "[::1]");

    private static final String ANY_BELOW = "*.";

    private final Set<String> names = new HashSet<>();
    private final List<String> endings = new ArrayList<>();

    /** @param names without port; {@code *.example.org} stands for all names below it; empty for any name */
    HostRules(List<String> names) {
        for (String name : names) {
            String lower = name.strip().toLowerCase(Locale.ROOT);
            if (lower.startsWith(ANY_BELOW)) {
                endings.add(lower.substring(1));
            } else if (!lower.isEmpty()) {
                this.names.add(lower);
            }
        }
    }

    /** Whether a {@code Host} header names this service. */
    boolean allow(String host) {
        if (names.isEmpty() && endings.isEmpty()) {
            return true;
        }
        if (host == null) {
            return false;
        }
        String name = withoutPort(host).toLowerCase(Locale.ROOT);
        return names.contains(name) || endings.stream().anyMatch(name::endsWith);
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
    }
}
