package dev.laurel.faults;

import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * One client that asks the processes in turn and keeps a connection to each until it is told to close it. A request that was not accepted is
 * sent once more, to another process: always when the connection was refused; when a kept one was closed before a byte
 * of the answer came, only if the request may be repeated.
 */
final class KeptConnections implements Door, AutoCloseable {
    private final List<URI> services;
    private final SplittableRandom choices;
    private final Tally tally;
    private final Map<URI, RawConnection> kept = new HashMap<>();
    private boolean repeated;
    private int turn;

    /** What all clients met together. */
    static final class Tally {
        final AtomicLong requests = new AtomicLong();
        final AtomicLong refused = new AtomicLong();
        final AtomicLong closedUnanswered = new AtomicLong();
        final AtomicLong closedWhenNew = new AtomicLong();
        final AtomicLong toldToClose = new AtomicLong();
        final AtomicLong failed = new AtomicLong();

        @Override
        public String toString() {
            return "%d requests, %d connections refused, %d told to close, "
                            .formatted(requests.get(), refused.get(), toldToClose.get())
                    + "%d closed before an answer (%d of them new), %d requests failed"
                            .formatted(closedUnanswered.get(), closedWhenNew.get(), failed.get());
        }
    }

    KeptConnections(List<URI> services, SplittableRandom choices, Tally tally) {
        this.services = services;
        this.choices = choices;
        this.turn = choices.nextInt(services.size());
        this.tally = tally;
    }

    /** A request that another process may be asked for. */
    private record Request(String method, String path, String body, boolean repeatable) {
        void sendBy(RawConnection connection) throws IOException {
            if (body == null) {
                connection.get(path);
            } else {
                connection.post(path, body);
            }
        }
    }

    @Override
    public Reply submit(BoardSpec board, String json) throws IOException {
        return exchange(
                new Request("POST", "/api/v1/boards/" + board.id() + "/scores", json, json.contains("\"eventId\"")));
    }

    @Override
    public Reply ranking(BoardSpec board, Period period, String rest) throws IOException {
        return exchange(new Request("GET", LaurelApi.ranking(board.id(), period.word()) + rest, null, true));
    }

    @Override
    public boolean repeated() {
        return repeated;
    }

    private Reply exchange(Request request) throws IOException {
        tally.requests.incrementAndGet();
        repeated = false;
        int first = turn++ % services.size();
        int second = (first + 1 + choices.nextInt(services.size() - 1)) % services.size();
        try {
            return exchangeOrElse(services.get(first), services.get(second), request);
        } catch (IOException failed) {
            tally.failed.incrementAndGet();
            throw failed;
        }
    }

    private Reply exchangeOrElse(URI first, URI second, Request request) throws IOException {
        RawConnection connection;
        try {
            connection = connection(first);
        } catch (ConnectException refused) {
            return exchangeWith(second, connection(second), request);
        }
        try {
            return exchangeWith(first, connection, request);
        } catch (IOException closed) {
            if (connection.begun() || !request.repeatable()) {
                throw closed;
            }
            repeated = true;
            return exchangeWith(second, connection(second), request);
        }
    }

    private RawConnection connection(URI service) throws IOException {
        RawConnection connection = kept.remove(service);
        try {
            return connection == null ? new RawConnection(service) : connection;
        } catch (ConnectException refused) {
            tally.refused.incrementAndGet();
            throw refused;
        }
    }

    private Reply exchangeWith(URI service, RawConnection connection, Request request) throws IOException {
        try {
            request.sendBy(connection);
            RawConnection.Answer answer = connection.answer();
            if (answer.last()) {
                tally.toldToClose.incrementAndGet();
                connection.close();
            } else {
                kept.put(service, connection);
            }
            return reply(service, request, answer);
        } catch (IOException closed) {
            connection.close();
            if (!connection.begun()) {
                tally.closedUnanswered.incrementAndGet();
                tally.closedWhenNew.addAndGet(connection.answers() == 0 ? 1 : 0);
            }
            throw closed;
        }
    }

    private static Reply reply(URI service, Request request, RawConnection.Answer answer) {
        Map<String, List<String>> headers = answer.headers().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        header -> List.of(header.getValue()),
                        (one, other) -> one,
                        () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER)));
        return new Reply(
                request.method() + " " + service.resolve(request.path()),
                answer.status(),
                HttpHeaders.of(headers, (name, value) -> true),
                answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        for (RawConnection connection : kept.values()) {
            connection.close();
        }
    }
}
