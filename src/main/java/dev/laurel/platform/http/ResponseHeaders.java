package dev.laurel.platform.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/**
 * Sets the headers of a response that concern its compression. The framework marks a response that it does not compress
 * with the encoding {@code identity}, which does not leave the service, and compresses every other one for clients that
 * accept it.
 */
final class ResponseHeaders {
    /** Digits of 1,000 bytes: below that compression saves nothing, since either form fits into one packet. */
    private static final int LONG_ENOUGH = 4;

    private ResponseHeaders() {}

    /** Called when all other headers are set. */
    static void complete(HttpServerRequest request) {
        MultiMap headers = request.response().headers();
        int status = request.response().getStatusCode();
        boolean compressible = !headers.contains(HttpHeaders.CONTENT_ENCODING);
        boolean notModified = status == HttpResponseStatus.NOT_MODIFIED.code();
        if (compressible || notModified) {
            headers.add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        }
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        if (isSentAsItIs(request, status, length)) {
            headers.remove(HttpHeaders.CONTENT_ENCODING);
        } else if (compressible && length != null && length.length() < LONG_ENOUGH) {
            headers.set(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY);
        }
    }

    /** Such responses bypass compression, so the mark would remain. */
    private static boolean isSentAsItIs(HttpServerRequest request, int status, String length) {
        return "0".equals(length)
                || status == HttpResponseStatus.NO_CONTENT.code()
                || status == HttpResponseStatus.NOT_MODIFIED.code()
                || HttpMethod.HEAD.equals(request.method())
                || request.version() == HttpVersion.HTTP_1_0;
    }
}
