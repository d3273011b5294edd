package dev.laurel.platform.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.nio.charset.StandardCharsets;

/** A whole response for a client whose connection is about to be closed, where there is no request that could be answered. */
final class LastWords {
    private LastWords() {}

    /** A problem document: 503. */
    static ByteBuf overloaded(String detail) {
        String body =
                "{\"type\":\"urn:laurel:problem:overloaded\",\"title\":\"The service is overloaded\",\"status\":503,"
                        + "\"detail\":\"" + detail + "\",\"code\":\"OVERLOADED\"}";
        String head = "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/problem+json\r\nContent-Length: "
                + body.length()
                + "\r\nConnection: close\r\nRetry-After: 1\r\nX-Content-Type-Options: nosniff\r\n"
                + "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n\r\n";
        return Unpooled.copiedBuffer(head + body, StandardCharsets.US_ASCII);
    }
}
