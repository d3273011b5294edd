package dev.laurel.standings.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Reply;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** Metrics that a board gets when it has standings: they are checked against those, and change no archive. */
@QuarkusTest
class LaterMetricsComponentTest {
    private static final String WHY = "{\"reason\":\"wrong\",\"author\":\"test\"}";
    private static final String TWICE = "{\"derivedMetrics\":[{\"name\":\"twice\",\"weighted\":{\"score\":2}}]}";

    /** As processes of earlier versions write events. */
    private static final String BATCH_OF_BEFORE = """
            SELECT a.outcome FROM board b, LATERAL apply_scores(ARRAY[b.id], ARRAY[b.revision], '{}', '{}', '{}', '{}', '{}', '{}',
                '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', false) a
            WHERE b.name = ?""";

    @TestHTTPResource
    URI service;

    private final String board = "later-" + UUID.randomUUID();
    private final String path = "/api/v1/boards/" + board;
    private final String admin = "/api/v1/admin/boards/" + board;
    private LaurelApi api;

    @BeforeEach
    void aBoardWithTwoPlayers() {
        api = new LaurelApi(service);
        api.put(path, "{\"title\":\"Later\",\"operator\":\"SUM\",\"periods\":[\"ALL_TIME\"]}")
                .expect(201);
        submit("ann", 10);
        submit("bob", 20);
    }

    @Test
    void aCorrectionInAnArchiveGivesNoPlaceByAMetricThatCameAfterIt() {
        long early = adjust();
        String closed = reset("first");
        api.patch(path, TWICE).expect(200);
        submit("ann", 1);
        submit("bob", 2);
        long late = adjust();
        String closedWithIt = reset("second");

        undo(early);
        undo(late);

        assertThat(ranking(closed, "score").at("/entries/1/score").asInt()).isEqualTo(10);
        assertThat(ranking(closed, "twice").path("entries")).isEmpty();
        assertThat(ranking(closedWithIt, "score").at("/entries/1/score").asInt())
                .isOne();
        assertThat(ranking(closedWithIt, "twice").at("/entries/1/score").asInt())
                .isEqualTo(2);
    }

    /** An exact sum for each standing of a large board would take longer than a request may. */
    @Test
    void onlyStandingsThatMayBeBeyondTheRangeAreSummedUpExactly() throws SQLException {
        api.patch(path, TWICE).expect(200);

        assertThat(beyond()).isNull();

        submit("cyd", 4_503_599_627_370_000L);
        assertThatThrownBy(this::beyond).hasMessageContaining("summed up exactly");
        api.patch(path, TWICE.replace("]}", ",{\"name\":\"thrice\",\"weighted\":{\"score\":-3}}]}"))
                .expect(409);
        api.patch(path, TWICE.replace("]}", ",{\"name\":\"half\",\"weighted\":{\"score\":0.5}}]}"))
                .expect(200);
    }

    /** It would take derived metrics for submitted ones. */
    @Test
    void aProcessOfAnEarlierVersionIsWaitedForAndThenRefused() {
        assertThat(StoredRows.column(BATCH_OF_BEFORE, board)).isEmpty();
        StoredRows.change("INSERT INTO replica (id, seen_at) VALUES (?, now() + interval '1 hour')", board);
        try {
            Reply refused = api.patch(path, TWICE).expect(503);
            assertThat(refused.text()).contains("earlier version");
            assertThat(refused.header("Retry-After")).isNotEmpty();
            api.put(
                            path + "-new",
                            "{\"title\":\"New\",\"derivedMetrics\":[{\"name\":\"twice\",\"weighted\":{\"score\":2}}]}")
                    .expect(503);
            api.patch(path, "{\"title\":\"Renamed\"}").expect(200);
        } finally {
            StoredRows.change("DELETE FROM replica WHERE id = ?", board);
        }

        api.patch(path, TWICE).expect(200);

        assertThatThrownBy(() -> StoredRows.column(BATCH_OF_BEFORE, board)).hasStackTraceContaining("newer version");
    }

    private void submit(String player, long score) {
        api.submit(board, "{\"playerId\":\"%s\",\"score\":%d}".formatted(player, score))
                .expect(200);
    }

    private long adjust() {
        return api.post(
                        admin + "/adjustments",
                        "{\"playerId\":\"ann\",\"score\":5,\"reason\":\"wrong\",\"author\":\"test\"}")
                .expect(200)
                .json()
                .path("adjustment")
                .asLong();
    }

    private void undo(long adjustment) {
        api.post(admin + "/adjustments/" + adjustment + "/undo", WHY).expect(200);
    }

    private String reset(String key) {
        return api.post(admin + "/windows/all_time/reset", WHY, "Idempotency-Key", key)
                .expect(200)
                .json()
                .path("window")
                .asText();
    }

    private JsonNode ranking(String window, String metric) {
        return api.get(path + "/rankings/all_time?window=" + window.replace("#", "%23") + "&metric=" + metric)
                .expect(200)
                .json();
    }

    private Integer beyond() throws SQLException {
        try (Connection connection = EmbeddedStores.current().connect();
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            // Nobody else sees it: the transaction is rolled back.
            sql.execute("""
                    CREATE OR REPLACE FUNCTION derived_sum(terms numeric[], score bigint, more bigint[], base bigint[])
                    RETURNS numeric LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'summed up exactly'; END $$""");
            var found = sql.executeQuery(
                    "SELECT derived_beyond((SELECT id FROM board WHERE name = '" + board + "'), NULL, 1)");
            found.next();
            return (Integer) found.getObject(1);
        }
    }
}
