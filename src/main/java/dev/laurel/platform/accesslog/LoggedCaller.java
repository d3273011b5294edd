package dev.laurel.platform.accesslog;

import io.vertx.ext.web.RoutingContext;

/**
 * Whom the line of a request names as its caller.
 *
 * @param kind how the caller is known, such as {@code KEY}
 * @param name of a key, or the subject of a token; null when the kind says everything, and for a token of a player: lines stay
 *     when a player is erased
 */
public record LoggedCaller(String kind, String name) {
    private static final String KEY = "laurel.logged-caller";

    /** Has the line of a request name this caller. */
    public void note(RoutingContext request) {
        request.put(KEY, this);
    }

    /** Who was noted; null before the caller is known, and when the credential was refused. */
    static LoggedCaller of(RoutingContext request) {
        return request.get(KEY);
    }
}
