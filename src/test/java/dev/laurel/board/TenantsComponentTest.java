package dev.laurel.board;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.ranking.Rankings;
import dev.laurel.score.Receipt;
import dev.laurel.score.Scores;
import dev.laurel.score.Submission;
import dev.laurel.shared.Period;
import dev.laurel.shared.Tenant;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two tenants who give a board the same name have nothing in common. */
@QuarkusTest
class TenantsComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TestHTTPResource
    URI service;

    @Inject
    Boards boards;

    @Inject
    Scores scores;

    @Inject
    Rankings rankings;

    @Inject
    StandingsReader reader;

    @Inject
    RedisLinks redis;

    private final BoardSpec spec = aBoard("shared-name").allTime().build();
    private LaurelApi api;
    private BoardName theirs;
    private Board own;
    private Board other;

    @BeforeEach
    void twoTenantsWithABoardOfTheSameName() {
        api = new LaurelApi(service);
        api.putBoard(spec).expect(201);
        StoredRows.change("INSERT INTO tenant (name) VALUES ('another') ON CONFLICT DO NOTHING");
        short tenant = (short) StoredRows.number("SELECT id FROM tenant WHERE name = 'another'");
        own = OnEventLoop.await(() -> boards.get(spec.id()));
        theirs = new BoardName(new Tenant(tenant), spec.id());
        other = OnEventLoop.await(() -> boards.put(theirs, own.definition(), ChangeTerms.CAREFUL))
                .board();
    }

    @Test
    void eachBoardHasItsOwnLifeWindowsAndKeys() {
        submitTo(theirs, "ada", "7");
        api.post("/api/v1/boards/" + spec.id() + "/scores", "{\"playerId\":\"ada\",\"score\":3}")
                .expect(200);

        assertThat(other.id()).isNotEqualTo(own.id());
        assertThat(List.of(own.tenant(), other.tenant())).containsExactly(Tenant.DEFAULT, theirs.tenant());
        assertThat(ranking(other)).isEqualTo(Map.of("ada", 7L));
        assertThat(ranking(own)).isEqualTo(Map.of("ada", 3L));
        for (Board board : List.of(own, other)) {
            assertThat(StoredRows.column("SELECT window_id FROM board_window WHERE board_id = ?", board.id()))
                    .containsExactly("all");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(keys(board)).isEqualTo(2));
        }
    }

    @Test
    void aRowHasTheTenantOfItsBoard() {
        submitTo(theirs, "grace", "5");
        api.post("/api/v1/boards/" + spec.id() + "/scores", "{\"playerId\":\"grace\",\"score\":3,\"eventId\":\"e2\"}")
                .expect(200);

        for (String table : List.of("standing", "score_event", "event_key", "board_window")) {
            assertThat(StoredRows.column(
                            "SELECT DISTINCT tenant_id::int FROM " + table + " WHERE board_id = ?", other.id()))
                    .as(table)
                    .containsExactly((int) theirs.tenant().id());
            assertThat(StoredRows.column(
                            "SELECT DISTINCT tenant_id::int FROM " + table + " WHERE board_id = ?", own.id()))
                    .as(table)
                    .containsExactly(1);
        }
    }

    /** Jobs look boards up by the names they find in PostgreSQL. */
    @Test
    void aStaleWindowOfAnotherTenantIsLoadedAgain() {
        submitTo(theirs, "edsger", "4");
        WindowRef window = window(other);

        StoredRows.change(
                "INSERT INTO stale_window (board_id, period, window_key, marks, since) VALUES (?, ?, ?, 1, now())",
                other.id(),
                (int) Period.ALL_TIME.code(),
                window.key());

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        StoredRows.number("SELECT count(*) FROM stale_window WHERE board_id = ?", other.id()))
                .isZero());
        assertThat(ranking(other)).isEqualTo(Map.of("edsger", 4L));
    }

    @Test
    void everyTableOfABoardTellsTheTenant() {
        assertThat(StoredRows.column("""
                SELECT c.table_name FROM information_schema.columns c
                WHERE c.column_name = 'board_id' AND c.table_schema = current_schema()
                  AND NOT EXISTS (SELECT FROM information_schema.columns t WHERE t.table_name = c.table_name
                                  AND t.table_schema = c.table_schema AND t.column_name = 'tenant_id')""")).isEmpty();
        // Of two boards of a name, a list shows the one of its tenant.
        assertThat(listedBoards()).containsOnlyOnce(spec.id());
    }

    private List<String> listedBoards() {
        List<String> ids = new ArrayList<>();
        int number = 1;
        JsonNode page;
        do {
            page = api.get("/api/v1/boards?limit=200&page=" + number)
                    .expect(200)
                    .json();
            page.path("items").forEach(board -> ids.add(board.path("id").asText()));
        } while (number++ < page.path("pagination").path("pages").asInt());
        return ids;
    }

    private void submitTo(BoardName board, String player, String score) {
        Receipt receipt = OnEventLoop.await(() ->
                scores.submit(board, new Submission(player, score, Collections.emptySortedMap(), "e1", null, null)));
        assertThat(receipt.board().tenant()).isEqualTo(theirs.tenant());
    }

    private WindowRef window(Board board) {
        return OnEventLoop.await(() -> reader.window(board, Period.ALL_TIME, null));
    }

    private Map<String, Long> ranking(Board board) {
        Map<String, Long> found = new TreeMap<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            WindowRef window = window(board);
            var page = OnEventLoop.await(() -> rankings.page(window.by(0), null, 0, 10));
            assertThat(page.source()).isEqualTo(Source.REDIS);
            page.entries()
                    .forEach(entry -> found.put(
                            entry.standing().playerId(), entry.standing().score()));
        });
        return found;
    }

    private int keys(Board board) {
        Request request = Request.cmd(Command.EXISTS);
        String base = "laurel:{b" + board.id() + "}:all_time:0";
        request.arg(base + ":set").arg(base + ":hash");
        return OnEventLoop.await(() -> redis.send(base + ":set", request)).toInteger();
    }
}
