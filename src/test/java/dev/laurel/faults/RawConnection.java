package dev.laurel.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** One kept connection, byte by byte: it tells an answer that was broken off from one that never began. */
final class RawConnection implements AutoCloseable {
    private static final int SILENCE_MILLIS = 40_000;

    private final Socket socket;
    private final String host;
    private final InputStream buffered;
    private int received;
    private int answers;

    RawConnection(URI service) throws IOException {
        socket = new Socket(service.getHost(), service.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE_MILLIS);
        host = service.getAuthority();
        buffered = new BufferedInputStream(socket.getInputStream());
    }

    /** A complete answer. */
    record Answer(int status, Map<String, String> headers, String body) {
        boolean last() {
            return "close".equalsIgnoreCase(headers.get("connection"));
        }
    }

    void post(String path, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        send(all);
    }

    void get(String path) throws IOException {
        send(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void send(byte[] request) throws IOException {
        received = 0;
        socket.getOutputStream().write(request);
    }

    /** Reads an answer to its end; fails when the connection ends before. */
    Answer answer() throws IOException {
        String start = line();
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            for (int size = chunkSize(); size > 0; size = chunkSize()) {
                read(size, body);
                line();
            }
            line();
        } else {
            read(Integer.parseInt(headers.get("content-length")), body);
        }
        answers++;
        int status = Integer.parseInt(start.split(" ")[1]);
        return new Answer(status, headers, body.toString(StandardCharsets.UTF_8));
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private void read(int size, ByteArrayOutputStream body) throws IOException {
        for (int i = 0; i < size; i++) {
            body.write(next());
        }
    }

    /** A line without its end. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = next(); next != '\n'; next = next()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** Whether the answer awaited had begun. */
    boolean begun() {
        return received > 0;
    }

    /** How many answers it has brought. */
    int answers() {
        return answers;
    }

    private int next() throws IOException {
        int next = buffered.read();
        if (next < 0) {
            throw new EOFException("The connection was closed after " + received + " bytes");
        }
        received++;
        return next;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
