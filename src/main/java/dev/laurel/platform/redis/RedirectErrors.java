package dev.laurel.platform.redis;

import java.util.List;

/** What a server answers that does not have a key, or is not to change it: another one has to be asked. */
final class RedirectErrors {
    private static final String DEMOTED = "READONLY";
    private static final List<String> WORDS =
            List.of("MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "NOREPLICAS", "LOADING", DEMOTED);

    private RedirectErrors() {}

    static boolean is(Throwable refusal) {
        String message = refusal.getMessage();
        return message != null && WORDS.stream().anyMatch(message::startsWith);
    }

    /** It was a master, and is a replica of another one now. */
    static boolean isDemotion(Throwable refusal) {
        return refusal.getMessage() != null && refusal.getMessage().startsWith(DEMOTED);
    }
}
