package dev.laurel.platform.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which requests may make changes. A browser lets a page of any origin send a form or plain text without a
 * preflight, along with the user's credentials; what the browser reports about the request's origin decides. Other
 * clients report no origin and are not restricted.
 */
final class OriginRules {
    static final String CLIENT = "X-Laurel-Client";

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private static final String FORM = "multipart/form-data";

    /** What a page can send to another origin without a preflight. */
    private static final List<String> SIMPLE_TYPES = List.of("application/x-www-form-urlencoded", FORM, "text/plain");

    private final List<Pattern> trusted;

    /**
     * @param trusted origins whose pages may make changes; one between slashes is a regular expression, {@code *}
     *     stands for all
     */
    OriginRules(List<String> trusted) {
        this.trusted = trusted.stream().map(OriginRules::pattern).toList();
    }

    private static Pattern pattern(String origin) {
        if ("*".equals(origin)) {
            return Pattern.compile(".*");
        }
        boolean regex = origin.length() > 2 && origin.startsWith("/") && origin.endsWith("/");
        return regex
                ? Pattern.compile(origin.substring(1, origin.length() - 1))
                : Pattern.compile(Pattern.quote(origin), Pattern.CASE_INSENSITIVE);
    }

    /** @param takesForms whether the operation accepts forms: then what the browser reports decides alone */
    Verdict judge(HttpMethod method, MultiMap headers, boolean takesForms) {
        if (SAFE.contains(method)) {
            return Verdict.ALLOWED;
        }
        String type = headers.get(HttpHeaders.CONTENT_TYPE);
        boolean expected =
                takesForms && type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
        if (!expected && isSimple(type) && hasBody(headers)) {
            return Verdict.WRONG_TYPE;
        }
        String origin = headers.get(HttpHeaders.ORIGIN);
        String site = headers.get("Sec-Fetch-Site");
        if (origin == null && site == null) {
            return isJson(type) || hasOwnHeader(headers) || !isBrowser(headers)
                    ? Verdict.ALLOWED
                    : Verdict.OTHER_ORIGIN;
        }
        boolean own = site == null ? isOwn(origin, headers) : OWN_SITE.contains(site);
        return own || isTrusted(origin) ? Verdict.ALLOWED : Verdict.OTHER_ORIGIN;
    }

    private static boolean isSimple(String type) {
        if (type == null || isJson(type)) {
            return false;
        }
        String lower = type.toLowerCase(Locale.ROOT);
        return SIMPLE_TYPES.stream().anyMatch(lower::startsWith);
    }

    private static boolean hasBody(MultiMap headers) {
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        return length == null ? headers.contains(HttpHeaders.TRANSFER_ENCODING) : !"0".equals(length);
    }

    private static boolean isJson(String type) {
        return type != null
                && (type.startsWith("application/json")
                        || type.startsWith("application/x-ndjson")
                        || type.startsWith("application/merge-patch+json"));
    }

    private static boolean hasOwnHeader(MultiMap headers) {
        return headers.contains("Idempotency-Key") || headers.contains(CLIENT);
    }

    /** Detects browsers too old to report where a request comes from. */
    private static boolean isBrowser(MultiMap headers) {
        String agent = headers.get(HttpHeaders.USER_AGENT);
        return agent != null && agent.startsWith("Mozilla/") || headers.contains(HttpHeaders.REFERER);
    }

    /** A proxy in front of us may have replaced the name that the page uses with its own name for us. */
    private static boolean isOwn(String origin, MultiMap headers) {
        int scheme = origin.indexOf("://");
        if (scheme < 0) {
            return false;
        }
        String authority = withoutUsualPort(origin.substring(scheme + 3));
        String forwarded = headers.get("X-Forwarded-Host");
        String host = headers.get(HttpHeaders.HOST);
        return host != null && authority.equalsIgnoreCase(withoutUsualPort(host))
                || forwarded != null && authority.equalsIgnoreCase(withoutUsualPort(forwarded));
    }

    private static String withoutUsualPort(String authority) {
        return authority.endsWith(":80") || authority.endsWith(":443")
                ? authority.substring(0, authority.lastIndexOf(':'))
                : authority;
    }

    private boolean isTrusted(String origin) {
        return origin != null
                && trusted.stream().anyMatch(one -> one.matcher(origin).matches());
    }

    /** How a request is treated. */
    enum Verdict {
        ALLOWED,
        /** A form or plain text, which no operation accepts. */
        WRONG_TYPE,
        OTHER_ORIGIN
    }
}
