package dev.laurel.platform.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * The headers that tell a browser what a response may do in it: answers of operations nothing at all, pages only what they need.
 * None may be shown inside of another page, or passes on its address.
 */
final class BrowserRules {
    private static final String PAGES = "/q/";

    private static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence NOTHING =
            HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");

    /** Swagger UI has scripts and styles within its page, and pictures and fonts within those. */
    private static final CharSequence OWN_FILES = HttpHeaders.createOptimized("default-src 'none'; "
            + "script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
            + "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

    private static final CharSequence FRAMES = HttpHeaders.createOptimized("X-Frame-Options");
    private static final CharSequence DENY = HttpHeaders.createOptimized("DENY");
    private static final CharSequence REFERRER = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final CharSequence TRANSPORT = HttpHeaders.createOptimized("Strict-Transport-Security");
    private static final CharSequence ONE_YEAR = HttpHeaders.createOptimized("max-age=31536000");

    private BrowserRules() {}

    /** Called before anything of the response is set. */
    static void apply(HttpServerRequest request) {
        boolean page = request.path() != null && request.path().startsWith(PAGES);
        MultiMap headers = request.response().headers();
        headers.set(POLICY, page ? OWN_FILES : NOTHING).set(REFERRER, NO_REFERRER);
        if (page) {
            // Browsers that do not know frame-ancestors.
            headers.set(FRAMES, DENY);
        }
        if (request.isSSL()) {
            headers.set(TRANSPORT, ONE_YEAR);
        }
    }
}
