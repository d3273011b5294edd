package dev.laurel.platform.redis;

import java.util.List;

/** The replies of a server that does not have a key, or must not change it: the command belongs to another server. */
final class RedirectErrors {
    private static final String DEMOTED = "READONLY";
    private static final List<String> WORDS =
            List.of("MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "NOREPLICAS", "LOADING", DEMOTED);

    private RedirectErrors() {}

    static boolean is(Throwable refusal) {
        String message = refusal.getMessage();
        return message != null && WORDS.stream().anyMatch(message::startsWith);
    }

    /** The server was a master, and is now a replica. */
    static boolean isDemotion(Throwable refusal) {
        return refusal.getMessage() != null && refusal.getMessage().startsWith(DEMOTED);
    }
}
