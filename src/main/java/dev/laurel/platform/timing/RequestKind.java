package dev.laurel.platform.timing;

import io.vertx.core.http.HttpMethod;

import java.util.Locale;

/** A kind of requests, each of which has an objective of its own. */
public enum RequestKind {
    /** Reads by players and game servers, with the objective {@code laurel.timing.fast}. */
    READ,

    /** Submissions of single scores, with the objective {@code laurel.timing.ok}. */
    SUBMISSION,

    /** Batches, exports, changes and what operators do: how long they take depends on what is asked for. */
    OTHER;

    private static final String ADMIN = "/api/v1/admin";
    private static final String FIRST_ADMIN = "/api/redis-leaderboard/admin";
    private static final String IMPORTS = "/api/v1/imports";

    /** Decided by the ends of the path: this is done for every request. */
    static RequestKind of(HttpMethod method, String path) {
        if (HttpMethod.POST.equals(method)) {
            return ofPost(path);
        }
        boolean reads = HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
        return reads && !isForOperators(path) && !path.endsWith("/export") ? READ : OTHER;
    }

    private static RequestKind ofPost(String path) {
        if (path.endsWith("/scores") || path.endsWith("/submissions") || path.endsWith("-leaderboard/update")) {
            return SUBMISSION;
        }
        return path.endsWith("/lookup") ? READ : OTHER;
    }

    private static boolean isForOperators(String path) {
        return path.startsWith(ADMIN) || path.startsWith(FIRST_ADMIN) || path.startsWith(IMPORTS);
    }

    /** The value of the tag in the metrics. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
