package dev.laurel.platform.accesslog;

import io.vertx.core.MultiMap;

/** What proxies and callers name a request by. Any other text than a plain name is ignored: it is shown to operators. */
final class RequestIds {
    private static final String REQUEST_ID = "X-Request-Id";
    private static final String TRACE_PARENT = "traceparent";
    private static final int MAX_LENGTH = 64;

    /** Version, trace, span and flags of a {@code traceparent}, as the W3C defines it. */
    private static final int TRACE_PARENT_LENGTH = 55;

    private static final int TRACE_BEGIN = 3;
    private static final int TRACE_END = 35;

    private RequestIds() {}

    /** The name that a proxy gave the request, or null. */
    static String requestId(MultiMap headers) {
        String id = headers.get(REQUEST_ID);
        return id != null && id.length() <= MAX_LENGTH && isName(id) ? id : null;
    }

    /** The trace that the caller says the request belongs to, or null. */
    static String traceId(MultiMap headers) {
        String parent = headers.get(TRACE_PARENT);
        if (parent == null || parent.length() < TRACE_PARENT_LENGTH || parent.charAt(TRACE_END) != '-') {
            return null;
        }
        String trace = parent.substring(TRACE_BEGIN, TRACE_END);
        return isHex(trace) ? trace : null;
    }

    private static boolean isName(String id) {
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_.:".indexOf(c) >= 0)) {
                return false;
            }
        }
        return !id.isEmpty();
    }

    private static boolean isHex(String text) {
        boolean zero = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
            zero &= c == '0';
        }
        return !zero;
    }
}
