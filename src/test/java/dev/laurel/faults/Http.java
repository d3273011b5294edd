package dev.laurel.faults;

import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Requests that may remain without an answer, unlike those of {@link LaurelApi}. */
final class Http {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private Http() {}

    static Reply submit(URI service, BoardSpec board, String json) throws IOException {
        return submit(service, board.id(), json);
    }

    static Reply submit(URI service, String board, String json) throws IOException {
        return exchange(HttpRequest.newBuilder(service.resolve("/api/v1/boards/" + board + "/scores"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** One event for several boards. */
    static Reply submitToAll(URI service, String json) throws IOException {
        return exchange(HttpRequest.newBuilder(service.resolve("/api/v1/scores"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    /** A page of a ranking, or with a path behind it something else of it. */
    static Reply ranking(URI service, BoardSpec board, Period period, String rest) throws IOException {
        return exchange(HttpRequest.newBuilder(service.resolve(LaurelApi.ranking(board.id(), period.word()) + rest))
                .GET());
    }

    static String event(String player, int score, String id) {
        String event = "{\"playerId\":\"" + player + "\",\"score\":" + score;
        return event + (id == null ? "}" : ",\"eventId\":\"" + id + "\"}");
    }

    private static Reply exchange(HttpRequest.Builder request) throws IOException {
        try {
            return Reply.of(CLIENT.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
