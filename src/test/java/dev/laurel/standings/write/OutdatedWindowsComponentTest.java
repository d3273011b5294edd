package dev.laurel.standings.write;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What another process has changed is learnt from PostgreSQL's refusal; the events are accepted all the same. */
@QuarkusTest
class OutdatedWindowsComponentTest {
    private static final int EVENTS = 600;

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    private final BoardSpec board = aBoard("outdated").latest().allTime().build();
    private LaurelApi api;

    @BeforeEach
    void aBoardThatIsKnown() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        api.submit(board.id(), ScoreEvent.of("ann", "5")).expect(200);
    }

    @AfterEach
    void resetTheClock() {
        clock.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?atomic=true"})
    void aBatchGoesOnInItsOrderWhenTheWindowHasBeenReset(String query) {
        StoredRows.column(
                "SELECT begin_reset(w.board_id, w.period, w.window_key, now()) FROM board_window w"
                        + " JOIN board b ON b.id = w.board_id WHERE b.name = ?",
                board.id());

        assertTaken(query);
        assertThat(score("?window=all%231")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?atomic=true"})
    void aBatchGoesOnInItsOrderWhenTheBoardHasBeenChanged(String query) {
        StoredRows.column("UPDATE board SET revision = revision + 1 WHERE name = ? RETURNING id", board.id());

        assertTaken(query);
    }

    /** The events take all lanes, and each lane asks for the board again, on behalf of the same request. */
    @Test
    void aBatchOfManyPlayersGoesOnWhenTheBoardIsChangedAgainAndAgain() {
        for (int round = 0; round < 20; round++) {
            StoredRows.column("UPDATE board SET revision = revision + 1 WHERE name = ? RETURNING id", board.id());
            String lines = IntStream.range(0, EVENTS)
                    .mapToObj(i -> ScoreEvent.of("p" + i, "1").json())
                    .collect(Collectors.joining("\n"));

            JsonNode results = send("", lines);

            assertThat(results.findValuesAsText("status")).hasSize(EVENTS).doesNotContain("REFUSED");
        }
    }

    @Test
    void anEventWithoutATimeCountsInTheNextWindowWhenItsOwnIsClosedWhileItWaits() throws Exception {
        BoardSpec daily = aBoard("outdated-day").daily().build();
        clock.stopAt(Instant.parse("2023-05-05T23:59:59Z"));
        api.putBoard(daily).expect(201);
        api.submit(daily.id(), ScoreEvent.of("ann", "5")).expect(200);
        CompletableFuture<Reply> waiting;
        try (Connection connection = EmbeddedStores.current().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(76, id) FROM board WHERE name = '" + daily.id() + "'");
            waiting = CompletableFuture.supplyAsync(() -> api.submit(daily.id(), ScoreEvent.of("ann", "7")));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> StoredRows.number(
                                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 76 AND NOT granted")
                            > 0);
            clock.stopAt(Instant.parse("2023-05-06T00:06:00Z"));
            statement.execute("SELECT begin_due_closing(w.board_id, w.period, w.window_key, '2023-05-06T00:06:00Z')"
                    + " FROM board_window w JOIN board b ON b.id = w.board_id WHERE b.name = '" + daily.id() + "'");
            connection.commit();
        }

        JsonNode receipt = waiting.get(20, TimeUnit.SECONDS).expect(200).json();

        assertThat(receipt.at("/standings/DAILY/window").asText()).isEqualTo("2023-05-06");
        assertThat(receipt.at("/standings/DAILY/score").asInt()).isEqualTo(7);
    }

    private void assertTaken(String query) {
        String lines = IntStream.rangeClosed(1, EVENTS)
                .mapToObj(i -> ScoreEvent.of("ann", Integer.toString(i)).json())
                .collect(Collectors.joining("\n"));
        JsonNode results = send(query, lines);
        assertThat(results.findValuesAsText("status")).hasSize(EVENTS).containsOnly("APPLIED");
        assertThat(score("")).isEqualTo(EVENTS);
    }

    private JsonNode send(String query, String lines) {
        return api.postAs("/api/v1/boards/" + board.id() + "/scores/batch" + query, "application/x-ndjson", lines)
                .expect(200)
                .json()
                .path("results");
    }

    private int score(String query) {
        return api.get(LaurelApi.ranking(board.id(), Period.ALL_TIME.word()) + query)
                .expect(200)
                .json()
                .path("entries")
                .path(0)
                .path("score")
                .asInt();
    }
}
