package dev.laurel.web.rankings;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Rollover;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import dev.laurel.testing.TestClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** trap 31: how players have moved follows the window before, whatever becomes of that. */
@QuarkusTest
class MovementsComponentTest {
    private static final String DAY = "2024-05-14";
    private static final String WHY = "{\"reason\":\"a second account\",\"author\":\"judge\"}";

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    @Inject
    Rollover rollover;

    private final BoardSpec spec = aBoard("movements").daily().build();
    private final String board = spec.id();
    private LaurelApi api;
    private long adjustment;

    @BeforeEach
    void twoDays() {
        api = new LaurelApi(service);
        stand("2024-05-14T20:00:00Z");
        api.putBoard(spec).expect(201);
        submit(ScoreEvent.of("ann", "3"));
        submit(ScoreEvent.of("bob", "2"));
        submit(ScoreEvent.of("cyd", "1"));
        adjustment = api.post(
                        admin("/adjustments"),
                        "{\"playerId\":\"bob\",\"score\":8,\"reason\":\"a bonus\",\"author\":\"judge\"}",
                        "Idempotency-Key",
                        "bonus")
                .expect(200)
                .json()
                .path("adjustment")
                .asLong();
        stand("2024-05-15T00:01:00Z");
        submit(ScoreEvent.of("ann", "9"));
        submit(ScoreEvent.of("bob", "8"));
        submit(ScoreEvent.of("cyd", "7"));
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    @DisplayName("trap 31: how players have moved follows the window before, whatever becomes of that")
    void aDisqualificationInTheArchiveMovesThoseWhoStoodBehind() {
        close();
        assertMovements("bob", -1, "ann", 1, "cyd", 0);
        Map<String, String> tags = tags();

        api.put(disqualification("bob"), WHY).expect(200);

        assertMovements("bob", null, "ann", 0, "cyd", -1);
        assertOutdated(tags);
        tags = tags();
        api.post(admin("/rankings/daily/players/bob/reinstatement?window=" + DAY), WHY)
                .expect(200);
        assertMovements("bob", -1, "ann", 1, "cyd", 0);
        assertOutdated(tags);
    }

    @Test
    void aDisqualificationInTheWindowBeforeThatIsStillOpenDoesTheSame() {
        assertMovements("bob", -1, "ann", 1, "cyd", 0);
        Map<String, String> tags = tags();

        api.put(disqualification("bob"), WHY).expect(200);

        assertMovements("bob", null, "ann", 0, "cyd", -1);
        assertOutdated(tags);
    }

    @Test
    void aLateEventInTheWindowBeforeMoves() {
        assertMovements("bob", -1, "ann", 1, "cyd", 0);
        Map<String, String> tags = tags();

        submit(ScoreEvent.of("cyd", "90").at("2024-05-14T23:59:00Z"));

        assertMovements("bob", 0, "ann", 2, "cyd", -2);
        assertOutdated(tags);
    }

    @Test
    void anAdjustmentTakenBackInTheArchiveMoves() {
        close();
        assertMovements("bob", -1, "ann", 1, "cyd", 0);
        Map<String, String> tags = tags();

        api.post(admin("/adjustments/" + adjustment + "/undo"), WHY).expect(200);

        assertMovements("bob", 0, "ann", 0, "cyd", 0);
        assertOutdated(tags);
    }

    @DisplayName("what another process has decided is seen within the age that finished answers may have")
    @Test
    void aDisqualificationByAnotherProcessIsSeenSoon() {
        close();
        assertMovements("bob", -1, "ann", 1, "cyd", 0);
        Map<String, String> tags = tags();

        StoredRows.column("""
                SELECT change_disqualification(b.id, w.period, w.window_key, w.window_id, 'bob', true, 'why', 'judge', now())
                FROM board b JOIN board_window w ON w.board_id = b.id AND w.window_id = '2024-05-14' WHERE b.name = ?""", board);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertMovements("bob", null, "ann", 0, "cyd", -1);
            assertOutdated(tags);
        });
    }

    private void close() {
        stand("2024-05-15T00:05:00Z");
        OnEventLoop.await(rollover::closeDue);
    }

    /** The list, each player and the neighbours agree. */
    private void assertMovements(Object... expected) {
        Map<String, Integer> wanted = new HashMap<>();
        for (int i = 0; i < expected.length; i += 2) {
            wanted.put((String) expected[i], (Integer) expected[i + 1]);
        }
        assertThat(changes(told("?limit=10"))).isEqualTo(wanted);
        assertThat(changes(told("/players/bob/neighbours"))).isEqualTo(wanted);
        wanted.forEach((player, change) -> {
            String path = ranking("/players/" + player);
            JsonNode one = change == null ? api.get(path).expect(200).json() : told("/players/" + player);
            assertThat(change(one)).as("change of %s", one).isEqualTo(change);
        });
    }

    /** A store that is slow leaves movements out of an answer for a moment; what is told is never wrong. */
    private JsonNode told(String path) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> api.get(ranking(path)).expect(200).json(), answer -> answer.findValue("change") != null);
    }

    private static Integer change(JsonNode one) {
        return one.hasNonNull("change") ? one.path("change").asInt() : null;
    }

    private static Map<String, Integer> changes(JsonNode page) {
        Map<String, Integer> changes = new HashMap<>();
        page.path("entries").forEach(one -> changes.put(one.path("playerId").asText(), change(one)));
        return changes;
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new HashMap<>();
        for (String path : new String[] {"?limit=10", "/players/ann", "/players/bob/neighbours"}) {
            String tag = api.get(ranking(path)).expect(200).header("ETag");
            api.get(ranking(path), "If-None-Match", tag).expect(304);
            tags.put(path, tag);
        }
        return tags;
    }

    private void assertOutdated(Map<String, String> tags) {
        tags.forEach((path, tag) -> assertThat(
                        api.get(ranking(path), "If-None-Match", tag).status())
                .as("status of %s with %s", path, tag)
                .isEqualTo(200));
    }

    private String ranking(String rest) {
        return "/api/v1/boards/" + board + "/rankings/daily" + rest;
    }

    private String disqualification(String player) {
        return admin("/rankings/daily/players/" + player + "/disqualification?window=" + DAY);
    }

    private String admin(String rest) {
        return "/api/v1/admin/boards/" + board + rest;
    }

    private void submit(ScoreEvent event) {
        api.submit(board, event).expect(200);
    }

    private void stand(String instant) {
        clock.stopAt(Instant.parse(instant));
    }
}
