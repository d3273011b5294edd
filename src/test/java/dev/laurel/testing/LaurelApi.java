package dev.laurel.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/** A client of the service's HTTP interface for tests: it sends, it never judges. */
public final class LaurelApi {

    private static final String V1 = "/api/v1/boards/";
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(30))
            .build();

    private final URI service;
    private final String[] always;

    /**
     * A client of the service at an address such as {@code http://localhost:8081/}.
     *
     * @param always headers of every request, by name and value
     */
    public LaurelApi(URI service, String... always) {
        this.service = service;
        this.always = always.clone();
    }

    /** Where the service is. */
    public URI address() {
        return service;
    }

    public Reply putBoard(BoardSpec board) {
        return putBoard(board.id(), board.json());
    }

    public Reply putBoard(String board, String json) {
        return put(V1 + segment(board), json);
    }

    public Reply board(String board) {
        return get(V1 + segment(board));
    }

    public Reply deleteBoard(String board) {
        return delete(V1 + segment(board));
    }

    public Reply submit(String board, ScoreEvent event) {
        return submit(board, event.json());
    }

    public Reply submit(String board, String json, String... headers) {
        return post(V1 + segment(board) + "/scores", json, headers);
    }

    /** Submits many events in one call. */
    public Reply submitAll(String board, Collection<ScoreEvent> events) {
        String body = events.stream().map(ScoreEvent::json).collect(Collectors.joining("\n"));
        return postAs(V1 + segment(board) + "/scores/batch", "application/x-ndjson", body);
    }

    /** A page of a ranking; {@code query} such as {@code limit=5&offset=10} may be empty. */
    public Reply top(String board, Period period, String query, String... headers) {
        return get(ranking(board, period.word()) + question(query), headers);
    }

    public Reply player(String board, Period period, String player, String query) {
        return get(ranking(board, period.word()) + "/players/" + segment(player) + question(query));
    }

    public Reply neighbours(String board, Period period, String player, String query) {
        return get(ranking(board, period.word()) + "/players/" + segment(player) + "/neighbours" + question(query));
    }

    public Reply lookup(String board, Period period, Collection<String> players, String query) {
        String ids = players.stream().map(Wire::quoted).collect(Collectors.joining(","));
        return post(ranking(board, period.word()) + "/lookup" + question(query), "{\"playerIds\":[" + ids + "]}");
    }

    public Reply windows(String board, Period period) {
        return get(V1 + segment(board) + "/windows?period=" + period.word());
    }

    /** The path of a board's ranking for any word, known or not. */
    public static String ranking(String board, String word) {
        return V1 + segment(board) + "/rankings/" + word;
    }

    public Reply get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Reply post(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    public Reply put(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    }

    /** Sends a JSON merge patch. */
    public Reply patch(String path, String json, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(json)));
    }

    /** Sends a body under a method and a content type of the caller's choice. */
    public Reply send(String method, String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).method(method, BodyPublishers.ofString(body)));
    }

    public Reply delete(String path, String... headers) {
        return send(request(path, headers).DELETE());
    }

    /** Sends JSON by any method. */
    public Reply send(String method, String path, String json) {
        return send(
                request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json)));
    }

    /** Sends a body under a content type of the caller's choice. */
    public Reply postAs(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    /** Sends anything by any method; a body of null is none. */
    public Reply send(String method, String path, String contentType, byte[] body, String... headers) {
        return send(any(method, path, contentType, body, headers), BodyHandlers.ofByteArray());
    }

    /** As {@link #send}, and notes when the status arrived, by {@link System#nanoTime}: what is streamed goes on after it. */
    public Reply send(
            String method, String path, String contentType, byte[] body, LongConsumer begun, String... headers) {
        return send(any(method, path, contentType, body, headers), head -> {
            begun.accept(System.nanoTime());
            return BodySubscribers.ofByteArray();
        });
    }

    private HttpRequest.Builder any(String method, String path, String contentType, byte[] body, String... headers) {
        HttpRequest.Builder request = request(path, headers);
        return body == null
                ? request.method(method, BodyPublishers.noBody())
                : request.header("Content-Type", contentType).method(method, BodyPublishers.ofByteArray(body));
    }

    /** A text as one segment of a path or one value of a query. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.resolve(path)).timeout(Duration.ofSeconds(30));
        for (String[] some : new String[][] {always, headers}) {
            if (some.length > 0) {
                request.headers(some);
            }
        }
        return request;
    }

    private static Reply send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofByteArray());
    }

    private static Reply send(HttpRequest.Builder request, BodyHandler<byte[]> handler) {
        try {
            return Reply.of(CLIENT.send(request.build(), handler));
        } catch (IOException broken) {
            throw new AssertionError(request.build() + " was not answered", broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(request.build() + " was interrupted", stopped);
        }
    }

    private static String question(String query) {
        return query.isEmpty() ? "" : "?" + query;
    }
}
