package dev.laurel.board;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.Period;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Windows with chosen ends. */
@QuarkusTest
class SeasonsComponentTest extends RolloverScene {
    @Test
    void eventsCountInTheSeasonThatHoldsThem() {
        String board = seasonal();
        putSeason(board, "spring", "2024-05-01T00:00:00Z", "2024-05-15T00:00:00Z", 201);
        putSeason(board, "summer", "2024-05-20T00:00:00Z", "2024-06-01T00:00:00Z", 201);

        JsonNode within = submit(board, ScoreEvent.of("ann", "3")).path("standings");
        stand("2024-05-15T00:00:00Z");
        JsonNode between = submit(board, ScoreEvent.of("ann", "4")).path("standings");
        stand("2024-05-20T00:00:00Z");
        JsonNode next = submit(board, ScoreEvent.of("ann", "5")).path("standings");

        assertThat(within.path("SEASON").path("window").asText()).isEqualTo("spring");
        assertThat(between.has("SEASON"))
                .as("a season between two, in %s", between)
                .isFalse();
        assertThat(between.path("ALL_TIME").path("score").asInt()).isEqualTo(7);
        assertThat(next.path("SEASON").path("window").asText()).isEqualTo("summer");
        assertThat(next.path("SEASON").path("score").asInt()).isEqualTo(5);
        assertThat(season(board, "?window=spring")
                        .path("entries")
                        .get(0)
                        .path("score")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void theActiveSeasonIsTheOneThatIsRunning() {
        String board = seasonal();
        putSeason(board, "spring", "2024-05-01T00:00:00Z", "2024-05-15T00:00:00Z", 201);

        assertThat(api.get(seasons(board) + "/active")
                        .expect(200)
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo("spring");
        stand("2024-05-15T00:00:00Z");
        api.get(seasons(board) + "/active").expect(404);
        api.get("/api/v1/boards/" + board + "/rankings/season").expect(404);
        assertThat(api.board(board).expect(200).json().path("windows")).hasSize(1);
    }

    @Test
    void aScoreThatWouldCountNowhereIsRefused() {
        String board = "seasons-" + UUID.randomUUID().toString().substring(0, 8);
        api.putBoard(board, "{\"title\":\"Seasons\",\"periods\":[\"SEASON\"]}").expect(201);
        ScoreEvent event = ScoreEvent.of("ann", "3").withId("early");

        assertProblem(api.submit(board, event), 422, "occurredAt");
        assertThat(api.submitAll(board, List.of(event)).expect(200).json().findValuesAsText("field"))
                .containsExactly("occurredAt");
        String all = event.json().replaceFirst("\\{", "{\"boards\":[\"" + board + "\"],");
        assertProblem(api.post("/api/v1/scores", all), 422, "boards");

        putSeason(board, "spring", "2024-05-01T00:00:00Z", "2024-06-01T00:00:00Z", 201);
        api.submit(board, event).expect(200);
        assertThat(season(board, "").path("total").asInt()).isEqualTo(1);
    }

    @Test
    void aSeasonEndedEarlyIsClosedWithItsArchive() {
        String board = seasonal();
        putSeason(board, "spring", "2024-05-01T00:00:00Z", "2024-06-01T00:00:00Z", 201);
        submit(board, ScoreEvent.of("ann", "3"));
        submit(board, ScoreEvent.of("bob", "9"));

        stand("2024-05-14T20:00:01Z");
        JsonNode ended =
                api.post(seasons(board) + "/spring/end", "").expect(200).json();
        stand("2024-05-14T20:05:01Z");
        closeDue();

        assertThat(ended.path("end").asText()).isEqualTo("2024-05-14T20:00:01Z");
        JsonNode archived = season(board, "?window=spring");
        assertThat(archived.path("source").asText()).isEqualTo("ARCHIVE");
        assertThat(archived.path("window").path("end").asText()).isEqualTo("2024-05-14T20:00:01Z");
        assertThat(archived.path("entries").findValuesAsText("playerId")).containsExactly("bob", "ann");
        assertThat(submit(board, ScoreEvent.of("ann", "1")).path("standings").has("SEASON"))
                .isFalse();
        api.post(seasons(board) + "/spring/end", "").expect(409);
    }

    /** An event may lie a little ahead; ending the season does not take it out. */
    @Test
    void aSeasonEndedEarlyKeepsWhatItHasCounted() {
        String board = seasonal();
        putSeason(board, "spring", "2024-05-01T00:00:00Z", "2024-06-01T00:00:00Z", 201);
        submit(board, ScoreEvent.of("ann", "10"));
        String adjustments = "/api/v1/admin/boards/" + board + "/adjustments";
        String adjustment = api.post(
                        adjustments, "{\"playerId\":\"ann\",\"score\":100,\"reason\":\"late\",\"author\":\"owner\"}")
                .expect(200)
                .json()
                .path("adjustment")
                .asText();
        submit(board, ScoreEvent.of("ann", "7").at("2024-05-14T20:00:04.500Z"));
        putSeason(board, "spring", "2024-05-01T00:00:00Z", "2024-05-14T20:00:02Z", 409);

        JsonNode ended =
                api.post(seasons(board) + "/spring/end", "").expect(200).json();
        api.post(adjustments + "/" + adjustment + "/undo", "{\"reason\":\"not late\",\"author\":\"owner\"}")
                .expect(200);

        assertThat(ended.path("end").asText()).isEqualTo("2024-05-14T20:00:04.501Z");
        assertThat(season(board, "?window=spring").at("/entries/0/score").asInt())
                .isEqualTo(17);
    }

    @Test
    void aSeasonCountsTheEventsOfItsTimeWheneverItIsCreatedOrExtended() {
        String board = seasonal();
        submit(board, ScoreEvent.of("ann", "5"));
        putSeason(board, "spring", "2024-05-14T19:30:00Z", "2024-05-14T20:01:00Z", 201);
        awaitFilled(board);
        submit(board, ScoreEvent.of("bob", "3").at("2024-05-14T19:58:00Z"));
        assertThat(season(board, "?window=spring").findValuesAsText("playerId")).containsExactly("ann", "bob");

        stand("2024-05-14T20:02:00Z");
        submit(board, ScoreEvent.of("ann", "1"));
        assertThat(season(board, "?window=spring").at("/entries/0/score").asInt())
                .isEqualTo(5);
        putSeason(board, "spring", "2024-05-14T19:30:00Z", "2024-05-14T21:00:00Z", 200);
        awaitFilled(board);
        assertThat(season(board, "").at("/entries/0/score").asInt()).isEqualTo(6);
    }

    @Test
    void aSeasonWithoutEventsCanStillBeMoved() {
        String board = seasonal();
        submit(board, ScoreEvent.of("ann", "5"));
        putSeason(board, "spring", "2024-05-14T20:00:01Z", "2024-05-14T21:00:00Z", 201);
        awaitFilled(board);

        putSeason(board, "spring", "2024-05-14T20:00:02Z", "2024-05-14T21:00:00Z", 200);
        awaitFilled(board);
        api.delete(seasons(board) + "/spring").expect(204);
    }

    @Test
    void whatWouldContradictEventsIsRefused() {
        String board = seasonal();
        putSeason(board, "spring", "2024-05-01T00:00:00Z", "2024-06-01T00:00:00Z", 201);
        putSeason(board, "clash", "2024-05-31T23:59:59.999Z", "2024-07-01T00:00:00Z", 409);
        putSeason(board, "next", "2024-06-01T00:00:00Z", "2024-07-01T00:00:00Z", 201);
        submit(board, ScoreEvent.of("ann", "3"));

        putSeason(board, "spring", "2024-05-02T00:00:00Z", "2024-06-01T00:00:00Z", 409);
        putSeason(board, "spring", "2024-05-01T00:00:00Z", "2024-05-14T19:59:59Z", 409);
        putSeason(board, "spring", "2024-05-01T00:00:00Z", "2024-05-30T00:00:00Z", 200);
        api.delete(seasons(board) + "/spring").expect(409);
        api.delete(seasons(board) + "/next").expect(204);
        api.get(seasons(board) + "/next").expect(404);
    }

    @Test
    void fieldsThatBreakARuleAreNamed() {
        String board = seasonal();
        putSeason(board, "back", "2024-06-01T00:00:00Z", "2024-05-01T00:00:00Z", 422);
        putSeason(board, "active", "2024-05-01T00:00:00Z", "2024-06-01T00:00:00Z", 422);
        JsonNode problem = api.put(seasons(board) + "/x", "{\"start\":\"yesterday\"}")
                .expect(422)
                .json();
        assertThat(problem.path("errors").findValuesAsText("field")).contains("start");
        String plain = putBoard(aBoard("no-seasons").daily());
        putSeason(plain, "spring", "2024-05-01T00:00:00Z", "2024-06-01T00:00:00Z", 409);
        api.top(board, Period.ALL_TIME, "").expect(200);
        api.get("/api/v1/boards/" + board + "/rankings/season?window=nope").expect(422);
    }

    private void awaitFilled(String board) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        api.board(board).expect(200).json().has("filling"))
                .isFalse());
    }

    private String seasonal() {
        String board = "seasons-" + UUID.randomUUID().toString().substring(0, 8);
        api.putBoard(board, "{\"title\":\"Seasons\",\"periods\":[\"SEASON\",\"ALL_TIME\"]}")
                .expect(201);
        return board;
    }

    private void putSeason(String board, String id, String start, String end, int status) {
        api.put(
                        seasons(board) + "/" + id,
                        "{\"title\":\"Season %s\",\"start\":\"%s\",\"end\":\"%s\"}".formatted(id, start, end))
                .expect(status);
    }

    private JsonNode season(String board, String query) {
        return api.get("/api/v1/boards/" + board + "/rankings/season" + query)
                .expect(200)
                .json();
    }

    private static String seasons(String board) {
        return "/api/v1/boards/" + board + "/seasons";
    }
}
