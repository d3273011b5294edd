package dev.laurel.web.admin;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Maintenance of any board: loading, resetting, clearing and its state, with everything in the log. */
@QuarkusTest
class MaintenanceComponentTest {
    private static final String DAY = "2024-06-20";
    private static final String WHY = "{\"reason\":\"end of shift\",\"author\":\"ops\"}";

    @TestHTTPResource
    URI service;

    @Inject
    TestClock clock;

    private final BoardSpec board =
            aBoard("maintained").keeping(Set.of(Period.DAILY, Period.ALL_TIME)).build();
    private final String admin = "/api/v1/admin/boards/" + board.id();
    private LaurelApi api;

    @BeforeEach
    void aBoardOfTwoPlayersAtNoon() {
        api = new LaurelApi(service);
        clock.stopAt(Instant.parse(DAY + "T12:00:00Z"));
        api.putBoard(board).expect(201);
        submit("ann", 3);
        submit("bob", 4);
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    @Test
    void aResetArchivesAndStartsAgain() {
        JsonNode answer = reset("").expect(200).json();

        assertThat(answer.path("board").asText()).isEqualTo(board.id());
        assertThat(answer.path("period").asText()).isEqualTo("DAILY");
        assertThat(answer.path("window").asText()).isEqualTo(DAY + "#1");
        assertThat(answer.path("archived").asInt()).isEqualTo(2);
        assertThat(daily()).isZero();
        assertThat(allTime()).isEqualTo(2);
    }

    @Test
    void aRepeatedResetDoesNothingMoreAndIsAnsweredAsTheFirstTime() {
        Reply first = reset("", "Idempotency-Key", "night-1").expect(200);
        submit("cyd", 9);

        Reply again = reset("", "Idempotency-Key", "night-1").expect(200);

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(daily()).isEqualTo(1);
        assertThat(log("RESET")).hasSize(1);
        assertThat(StoredRows.number(
                        "SELECT count(*) FROM window_reset WHERE idempotency_key = 'night-1' AND board_id = "
                                + "(SELECT id FROM board WHERE name = ? AND deleted_at IS NULL)",
                        board.id()))
                .isEqualTo(1);
    }

    @Test
    void ofManyRepetitionsAtOnceOneIsDone() {
        List<CompletableFuture<Reply>> all = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> reset("", "Idempotency-Key", "at-once")))
                .toList();

        assertThat(all).allSatisfy(one -> assertThat(
                        one.join().expect(200).json().path("archived").asInt())
                .isEqualTo(2));
        assertThat(log("RESET")).hasSize(1);
    }

    @Test
    void aResetOfAnEmptyWindowIsNotDoneLaterUnderItsKey() {
        clock.stopAt(Instant.parse("2024-06-21T00:00:10Z"));
        reset("", "Idempotency-Key", "early").expect(200);
        submit("cyd", 9);

        JsonNode again = reset("", "Idempotency-Key", "early").expect(200).json();

        assertThat(again.path("archived").asInt()).isZero();
        assertThat(daily()).isEqualTo(1);
    }

    @Test
    void theKeyOfAnotherResetIsRefused() {
        reset("", "Idempotency-Key", "night-2").expect(200);

        Reply otherReason = api.post(
                admin + "/windows/daily/reset",
                "{\"reason\":\"another\",\"author\":\"ops\"}",
                "Idempotency-Key",
                "night-2");
        Reply otherPeriod = api.post(admin + "/windows/all_time/reset", WHY, "Idempotency-Key", "night-2");

        assertProblem(otherReason, 409);
        assertProblem(otherPeriod, 409);
        assertThat(allTime()).isEqualTo(2);
        assertProblem(reset("", "Idempotency-Key", "not a key"), 422, "Idempotency-Key");
    }

    @Test
    @DisplayName("trap 33: a job that fires after midnight does not reset the new day")
    void aResetThatNamesAnotherWindowIsRefused() {
        clock.stopAt(Instant.parse("2024-06-21T00:00:02Z"));
        submit("cyd", 9);

        assertProblem(reset("?window=" + DAY), 409);
        assertThat(daily()).isEqualTo(1);
        assertProblem(reset("?window=yesterday"), 422, "window");
        reset("?window=2024-06-21").expect(200);
        assertThat(daily()).isZero();
    }

    @Test
    void aResetIsAnsweredAgainAfterItsWindowHasEnded() {
        Reply first = reset("?window=" + DAY, "Idempotency-Key", "late-answer").expect(200);
        clock.stopAt(Instant.parse("2024-06-21T00:00:02Z"));
        submit("cyd", 9);

        assertThat(reset("?window=" + DAY, "Idempotency-Key", "late-answer")
                        .expect(200)
                        .json())
                .isEqualTo(first.json());
        assertThat(daily()).isEqualTo(1);
    }

    @Test
    void aResetNeedsAReasonAndAnAuthor() {
        assertProblem(api.post(admin + "/windows/daily/reset", "{}"), 422, "reason", "author");
        assertProblem(api.post(admin + "/windows/weekly/reset", WHY), 404);
        assertProblem(api.post(admin + "/windows/last_7_days/reset", WHY), 422, "period");
        assertThat(daily()).isEqualTo(2);
    }

    @Test
    void syncAndClearWorkOnThisBoardAndStandInItsLog() {
        JsonNode cleared =
                api.delete(admin + "/cache?author=ops&reason=test").expect(200).json();
        JsonNode sync = api.post(admin + "/sync?author=ops", "").expect(200).json();

        assertThat(cleared.path("board").asText()).isEqualTo(board.id());
        assertThat(cleared.path("cleared").asInt()).isPositive();
        assertThat(sync.path("loaded").asInt()).isEqualTo(4);
        assertThat(sync.path("windows").findValuesAsText("period")).containsExactlyInAnyOrder("DAILY", "ALL_TIME");
        assertThat(api.top(board.id(), Period.DAILY, "").json().path("source").asText())
                .isEqualTo("REDIS");
        JsonNode entry = log("CLEAR_CACHE").get(0);
        assertThat(entry.path("author").asText()).isEqualTo("ops");
        assertThat(entry.path("reason").asText()).isEqualTo("test");
        assertThat(log("SYNC")).hasSize(1);
        assertProblem(api.post("/api/v1/admin/boards/nothing/sync", ""), 404);
    }

    @Test
    void theStatusTellsOfEachWindowInBothStores() {
        JsonNode status = api.get(admin + "/status").expect(200).json();

        assertThat(status.path("status").asText()).isEqualTo("OK");
        assertThat(status.path("postgres").asBoolean()).isTrue();
        assertThat(status.path("redis").asBoolean()).isTrue();
        assertThat(status.path("drift").asInt(-1)).isZero();
        assertThat(status.path("windows")).hasSize(2).allSatisfy(window -> {
            assertThat(window.path("players").asInt()).isEqualTo(2);
            assertThat(window.path("cached").asInt()).isEqualTo(2);
        });
        assertProblem(api.get("/api/v1/admin/boards/nothing/status"), 404);
    }

    private Reply reset(String query, String... headers) {
        return api.post(admin + "/windows/daily/reset" + query, WHY, headers);
    }

    private List<JsonNode> log(String action) {
        JsonNode log = api.get(admin + "/log").expect(200).json();
        List<JsonNode> found = new java.util.ArrayList<>();
        log.path("items").forEach(entry -> {
            if (entry.path("action").asText().equals(action)) {
                found.add(entry);
            }
        });
        return found;
    }

    private int daily() {
        return api.top(board.id(), Period.DAILY, "")
                .expect(200)
                .json()
                .path("total")
                .asInt();
    }

    private int allTime() {
        return api.top(board.id(), Period.ALL_TIME, "")
                .expect(200)
                .json()
                .path("total")
                .asInt();
    }

    private void submit(String player, int score) {
        api.submit(board.id(), ScoreEvent.of(player, Integer.toString(score))).expect(200);
    }
}
