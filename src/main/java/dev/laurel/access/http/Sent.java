package dev.laurel.access.http;

import dev.laurel.access.Credential;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

import java.util.List;

/**
 * What a request says about its caller.
 *
 * @param credential null when it is not one that anybody could have: of another scheme, given twice, empty or too long
 */
record Sent(Credential credential) {
    /** Neither header is there. */
    static final Sent NOTHING = new Sent(null);

    static final String API_KEY = "X-API-Key";

    private static final String BEARER = "Bearer ";

    static Sent of(MultiMap headers) {
        String authorization = headers.get(HttpHeaders.AUTHORIZATION);
        String key = headers.get(API_KEY);
        if (authorization == null && key == null) {
            return NOTHING;
        }
        if (authorization != null && key != null
                || isRepeated(headers, authorization == null ? API_KEY : HttpHeaders.AUTHORIZATION)) {
            return new Sent(null);
        }
        return new Sent(authorization == null ? credential(key) : bearer(authorization));
    }

    private static boolean isRepeated(MultiMap headers, CharSequence name) {
        List<String> all = headers.getAll(name);
        return all.size() > 1;
    }

    private static Credential bearer(String authorization) {
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? credential(authorization.substring(BEARER.length()))
                : null;
    }

    private static Credential credential(String sent) {
        String secret = sent.strip();
        return secret.isEmpty() || secret.length() > Credential.MAX_LENGTH ? null : new Credential(secret);
    }
}
