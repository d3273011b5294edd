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
    /** Nothing for this service. */
    static final Sent NOTHING = new Sent(null);

    static final String API_KEY = "X-API-Key";

    private static final String BEARER = "Bearer ";

    /** Schemes of proxies and browsers, which may send them with every request: they are not for this service. */
    private static final List<String> OF_OTHERS = List.of("Basic ", "Digest ", "Negotiate ", "NTLM ");

    static Sent of(MultiMap headers) {
        String authorization = ofOthers(headers) ? null : headers.get(HttpHeaders.AUTHORIZATION);
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

    private static boolean ofOthers(MultiMap headers) {
        List<String> all = headers.getAll(HttpHeaders.AUTHORIZATION);
        return all.size() == 1 && OF_OTHERS.stream().anyMatch(scheme -> isOf(scheme, all.get(0)));
    }

    private static boolean isOf(String scheme, String authorization) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static boolean isRepeated(MultiMap headers, CharSequence name) {
        List<String> all = headers.getAll(name);
        return all.size() > 1;
    }

    private static Credential bearer(String authorization) {
        return isOf(BEARER, authorization) ? credential(authorization.substring(BEARER.length())) : null;
    }

    private static Credential credential(String sent) {
        String secret = sent.strip();
        return secret.isEmpty() || secret.length() > Credential.MAX_LENGTH ? null : new Credential(secret);
    }
}
