package dev.laurel.platform.http.connection;

import dev.laurel.shared.ErrorCode;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.net.HostAndPort;

import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** The rules that every request must satisfy, whatever its operation. */
final class RequestRules {
    /** Stands in for the host that an HTTP/1.0 client does not name. */
    static final String NAMELESS = "nameless";

    /** Browsers and proxies send some dozens. */
    private static final int MAX_HEADERS = 100;

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.OPTIONS,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE);

    private RequestRules() {}

    /** Whether the service answers requests of this method. */
    static boolean isKnown(HttpMethod method) {
        return METHODS.contains(method);
    }

    /** Why a request is not carried out; null when nothing speaks against it. */
    static Refusal refusalOf(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return unreadable(request.decoderResult().cause());
        }
        if (!isKnown(request.method())) {
            return Refusal.of(ErrorCode.METHOD_NOT_ALLOWED, "This method is unknown");
        }
        if (hasTooMany(request.headers())) {
            return Refusal.of(ErrorCode.HEADERS_TOO_LARGE, "More than " + MAX_HEADERS + " headers are not accepted");
        }
        Refusal refusal = hostRefusal(request);
        if (refusal == null) {
            refusal = lengthRefusal(request.headers());
        }
        return refusal == null ? TargetRules.refusalOf(request.uri()) : refusal;
    }

    /** Counted, since the collection does not know its size. */
    private static boolean hasTooMany(HttpHeaders headers) {
        int count = 0;
        for (Iterator<?> all = headers.iteratorCharSequence(); all.hasNext(); all.next()) {
            count++;
        }
        return count > MAX_HEADERS;
    }

    private static Refusal unreadable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Refusal.of(ErrorCode.URI_TOO_LONG, "The request line is longer than accepted");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Refusal.of(ErrorCode.HEADERS_TOO_LARGE, "The headers are larger than accepted");
        }
        return Refusal.of(ErrorCode.MALFORMED_REQUEST, "The request is not HTTP as RFC 9112 describes it");
    }

    private static Refusal hostRefusal(HttpRequest request) {
        HttpHeaders headers = request.headers();
        String host = headers.get(HttpHeaderNames.HOST);
        if (host == null && HttpVersion.HTTP_1_0.equals(request.protocolVersion())) {
            headers.set(HttpHeaderNames.HOST, NAMELESS);
            return null;
        }
        if (host == null) {
            return Refusal.malformed("Host", "is missing");
        }
        if (isPlain(host) ? HostAndPort.parseAuthority(host, -1) == null : true) {
            return Refusal.malformed("Host", "must be a host name, or one with a port");
        }
        return headers.getAll(HttpHeaderNames.HOST).size() == 1
                ? null
                : Refusal.malformed("Host", "must be given once");
    }

    private static boolean isPlain(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c <= ' ' || c > '~' || c == '@' || c == '/' || c == '\\' || c == '?' || c == '#') {
                return false;
            }
        }
        return !host.isEmpty();
    }

    /** A proxy in front of us might interpret anything but a single word differently. */
    private static Refusal lengthRefusal(HttpHeaders headers) {
        String encoding = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
        if (encoding == null) {
            return null;
        }
        List<String> all = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return all.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(encoding)
                ? null
                : Refusal.malformed("Transfer-Encoding", "must be chunked, and given once");
    }
}
