package dev.laurel.platform.accesslog;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.laurel.shared.Tenant;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A request that has ended.
 *
 * @param atMillis when it ended, since the epoch
 * @param path as a template, such as {@code /api/v1/boards/{board}}
 * @param nanos from its headers to the last byte of the response
 * @param bytes of the body of the response, as it was sent
 * @param complete whether the client has stayed to the end
 * @param tenant of the caller; null when the request was refused before that was known
 * @param client the address that it came from
 * @param requestId what a proxy calls the request; null when it has sent nothing
 * @param traceId the trace that the request belongs to; null without one
 * @param caller null when it has not become known
 */
record AccessEntry(
        long atMillis,
        String method,
        String path,
        int status,
        long nanos,
        long bytes,
        boolean complete,
        Tenant tenant,
        String client,
        String requestId,
        String traceId,
        LoggedCaller caller) {
    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();
    private static final long NANOS_A_MICRO = 1_000;

    /** Appends it as one line of JSON. No text of it can end the line or a value: all are escaped. */
    void write(StringBuilder out) {
        out.append("{\"time\":\"")
                .append(Instant.ofEpochMilli(atMillis).truncatedTo(ChronoUnit.MILLIS))
                .append('"');
        text(out, "method", method);
        text(out, "path", path);
        out.append(",\"status\":").append(status).append(",\"durationMs\":");
        millis(out, nanos / NANOS_A_MICRO);
        out.append(",\"bytes\":").append(bytes);
        if (tenant != null) {
            out.append(",\"tenant\":").append(tenant.id());
        }
        if (caller != null) {
            text(out, "callerKind", caller.kind());
            text(out, "caller", caller.name());
        }
        text(out, "client", client);
        text(out, "requestId", requestId);
        text(out, "traceId", traceId);
        if (!complete) {
            out.append(",\"aborted\":true");
        }
        out.append("}\n");
    }

    /** Appends the line that says how many others are missing before it. */
    static void writeDropped(StringBuilder out, long atMillis, long dropped) {
        out.append("{\"time\":\"")
                .append(Instant.ofEpochMilli(atMillis))
                .append("\",\"dropped\":")
                .append(dropped)
                .append("}\n");
    }

    private static void text(StringBuilder out, String name, String value) {
        if (value != null) {
            out.append(",\"").append(name).append("\":\"");
            ENCODER.quoteAsString(value, out);
            out.append('"');
        }
    }

    /** With three decimals, written without a formatter: this is done for every request. */
    private static void millis(StringBuilder out, long micros) {
        long rest = micros % NANOS_A_MICRO;
        out.append(micros / NANOS_A_MICRO).append('.');
        if (rest < 100) {
            out.append('0');
        }
        if (rest < 10) {
            out.append('0');
        }
        out.append(rest);
    }
}
