package dev.laurel.web.body;

import dev.laurel.shared.ErrorCode;
import dev.laurel.shared.LaurelException.BodyRefused;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the body of each request when its operation is known and the caller may call it. So a body has the bound of its
 * operation, whether its length is declared or shows only as it arrives.
 */
class BodyFilter {
    /** After all that can refuse a request without its body. */
    private static final int LAST = Priorities.USER + 2_000;

    private static final String CHARSET = "charset=";
    /**
     * JSON has no other character set than UTF-8 (RFC 8259, section 8.1), which its bytes are checked for. Some libraries
     * add the last of these unasked; a body that really is in it is refused for its bytes.
     */
    private static final Set<String> HARMLESS = Set.of("utf-8", "us-ascii", "iso-8859-1");

    private final BodyBounds bounds;
    private final BodyMemory memory;

    BodyFilter(BodyBounds bounds, BodyMemory memory) {
        this.bounds = bounds;
        this.memory = memory;
    }

    @ServerRequestFilter(nonBlocking = true, priority = LAST)
    void read(RoutingContext routing, SimpleResourceInfo operation) {
        HttpServerRequest request = routing.request();
        long expected = expected(request);
        if (expected == 0 || operation.getResourceClass() == null) {
            return;
        }
        int bound = bounds.of(operation.getResourceClass(), operation.getMethodName());
        if (expected > bound) {
            BodyReader.close(routing);
            throw BodyReader.tooLarge(bound);
        }
        if (HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method())) {
            // Nobody looks at it.
            return;
        }
        requireJson(request.getHeader(HttpHeaders.CONTENT_TYPE));
        new BodyReader(routing, CurrentRequestManager.get(), bound, memory).begin();
    }

    /** The length of the body; -1 when it is not declared. A form with files has been received by now, and has none. */
    static long expected(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            // The decoder refuses any other text.
            return Long.parseLong(length);
        }
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) ? -1 : 0;
    }

    /** Whether it is the JSON that the operation takes has been compared before. */
    private static void requireJson(String type) {
        if (type == null || type.isBlank() || type.indexOf('*') >= 0) {
            throw unsupported("Content-Type has to name the format of the body");
        }
        int charset = type.toLowerCase(Locale.ROOT).indexOf(CHARSET);
        if (charset >= 0 && !isHarmless(type.substring(charset + CHARSET.length()))) {
            throw unsupported("JSON is expected in UTF-8");
        }
    }

    private static boolean isHarmless(String charset) {
        String name = charset.split(";", 2)[0].strip().replace("\"", "");
        return HARMLESS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static BodyRefused unsupported(String detail) {
        return new BodyRefused(ErrorCode.UNSUPPORTED_MEDIA_TYPE, detail, List.of());
    }
}
