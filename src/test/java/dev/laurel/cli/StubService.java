package dev.laurel.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A service that gives prepared answers, and remembers what it was asked. */
final class StubService implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    StubService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next answer to a request such as {@code GET /api/v1/imports}; the last one is repeated. */
    StubService when(String request, int status, String body, String... headers) {
        synchronized (answers) {
            answers.computeIfAbsent(request, none -> new ArrayDeque<>())
                    .add(new Answer(status, body, List.of(headers)));
        }
        return this;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(new Asked(request, body, exchange.getRequestHeaders().getFirst("Authorization")));
            Answer answer = next(request);
            for (int i = 0; i < answer.headers.size(); i += 2) {
                exchange.getResponseHeaders().set(answer.headers.get(i), answer.headers.get(i + 1));
            }
            byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status, answer.broken() ? bytes.length + 1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException expectedWhenBroken) {
            // The announced length was not reached: that is the point of such an answer.
        }
    }

    private Answer next(String request) {
        synchronized (answers) {
            Deque<Answer> prepared = answers.getOrDefault(request, new ArrayDeque<>());
            if (prepared.isEmpty()) {
                return new Answer(
                        404,
                        "{\"title\":\"Not found\",\"detail\":\"Nothing is prepared for " + request + "\"}",
                        List.of());
            }
            return prepared.size() == 1 ? prepared.peek() : prepared.poll();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** A request that came. */
    record Asked(String request, String body, String authorization) {
        /** The value of a field of a form. */
        String field(String name) {
            String head = "name=\"" + name + "\"";
            int at = body.indexOf(head);
            if (at < 0) {
                return null;
            }
            int from = body.indexOf("\r\n\r\n", at) + 4;
            return body.substring(from, body.indexOf("\r\n--laurel-", from));
        }
    }

    private record Answer(int status, String body, List<String> headers) {
        boolean broken() {
            return headers.contains("X-Broken");
        }
    }
}
