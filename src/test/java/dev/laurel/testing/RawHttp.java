package dev.laurel.testing;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A connection on which a test writes what it likes, also what is no HTTP. */
public final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MS = 30_000;
    private final Socket socket;

    public RawHttp(URI service) throws IOException {
        socket = new Socket(service.getHost(), service.getPort());
        socket.setSoTimeout(PATIENCE_MS);
    }

    /** Sends one text on a connection of its own and answers all that comes until the service closes it. */
    public static Reply exchange(URI service, String text) throws IOException {
        try (RawHttp connection = new RawHttp(service)) {
            connection.send(text);
            return connection.untilClosed();
        }
    }

    /** Characters are sent as bytes of ISO 8859-1, so that every byte can be written. */
    public RawHttp send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Reads for a time and tells whether the service has left the connection open. */
    public boolean open(java.time.Duration time) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        socket.setSoTimeout(100);
        try {
            while (System.nanoTime() < end) {
                try {
                    if (socket.getInputStream().read() < 0) {
                        return false;
                    }
                } catch (SocketTimeoutException nothingNew) {
                    // The connection is there.
                }
            }
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MS);
        }
    }

    /** What comes until the service closes the connection; it has to. */
    public Reply untilClosed() throws IOException {
        try {
            return parse(socket.getInputStream().readAllBytes());
        } catch (SocketTimeoutException open) {
            throw new AssertionError("The connection is still open after " + PATIENCE_MS + " ms", open);
        }
    }

    private static Reply parse(byte[] all) {
        String text = new String(all, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return new Reply("raw", 0, HttpHeaders.of(Map.of(), (name, value) -> true), all);
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, List<String>> headers = Arrays.stream(lines)
                .skip(1)
                .map(line -> line.split(": ?", 2))
                .collect(Collectors.groupingBy(
                        parts -> parts[0].toLowerCase(java.util.Locale.ROOT),
                        Collectors.mapping(parts -> parts[1], Collectors.toList())));
        return new Reply(
                "raw",
                Integer.parseInt(lines[0].split(" ")[1]),
                HttpHeaders.of(headers, (name, value) -> true),
                Arrays.copyOfRange(all, end + 4, all.length));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
