package dev.laurel.board;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.Wire;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What boards are defined by, and the life they have. */
@QuarkusTest
class BoardsComponentTest {

    @TestHTTPResource
    URI service;

    private final BoardSpec board = aBoard("boards").build();
    private LaurelApi api;

    @BeforeEach
    void meetTheService() {
        api = new LaurelApi(service);
    }

    @Test
    void everythingButTheTitleHasADefault() {
        api.putBoard(board.id(), "{\"title\":\"Điểm số — 得点 🏆\"}").expect(201);

        JsonNode definition = api.board(board.id()).expect(200).json();

        assertThat(definition.path(Wire.BOARD_ID).asText()).isEqualTo(board.id());
        assertThat(definition.path("title").asText()).isEqualTo("Điểm số — 得点 🏆");
        assertThat(definition.path("operator").asText()).isEqualTo("SUM");
        assertThat(definition.path("order").asText()).isEqualTo("DESC");
        assertThat(definition.path("rankMode").asText()).isEqualTo("COMPETITION");
        assertThat(definition.path("zone").asText()).isEqualTo("UTC");
        assertThat(definition.path("decimals").asInt(-1)).isZero();
        assertThat(Duration.parse(definition.path("lateness").asText())).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aDefinitionIsReadAsItWasWritten() {
        BoardSpec chosen = aBoard("boards")
                .best()
                .ascending()
                .ordinal()
                .decimals(3)
                .zone("Australia/Lord_Howe")
                .daily()
                .weekly()
                .lateDays(3)
                .build();

        Reply created = api.putBoard(chosen).expect(201);

        JsonNode definition = api.board(chosen.id()).expect(200).json();
        assertThat(created.json().path(Wire.BOARD_ID)).isEqualTo(definition.path(Wire.BOARD_ID));
        assertThat(definition.path("operator").asText()).isEqualTo("BEST");
        assertThat(definition.path("order").asText()).isEqualTo("ASC");
        assertThat(definition.path("rankMode").asText()).isEqualTo("ORDINAL");
        assertThat(definition.path("decimals").asInt()).isEqualTo(3);
        assertThat(definition.path("zone").asText()).isEqualTo("Australia/Lord_Howe");
        assertThat(Duration.parse(definition.path("lateness").asText())).isEqualTo(Duration.ofDays(3));
    }

    @Test
    void aSecondPutChangesTheDefinition() {
        api.putBoard(board).expect(201);

        api.putBoard(board).expect(200);
        api.putBoard(board.id(), "{\"title\":\"Renamed\",\"decimals\":2,\"operator\":\"BEST\"}")
                .expect(200);

        JsonNode definition = api.board(board.id()).expect(200).json();
        assertThat(definition.path("title").asText()).isEqualTo("Renamed");
        assertThat(definition.path("operator").asText()).isEqualTo("BEST");
        assertThat(definition.path("decimals").asInt()).isEqualTo(2);
    }

    @Test
    void aBoardTellsItsCurrentWindows() {
        api.putBoard(board).expect(201);
        Instant before = Instant.now();

        Reply reply = api.board(board.id()).expect(200);

        // Midnight may pass between the two readings of the clock: either window is right.
        Instant after = Instant.now();
        for (Period period : Period.calendar()) {
            assertThat(List.of(period.windowAt(before, ZoneOffset.UTC), period.windowAt(after, ZoneOffset.UTC)))
                    .as("current window of %s in %s", period, reply)
                    .anyMatch(window -> reply.text().contains('"' + window + '"'));
        }
    }

    @Test
    void theListHoldsEveryBoardOnce() {
        api.putBoard(board).expect(201);

        List<String> listed = new ArrayList<>();
        JsonNode page;
        int number = 1;
        do {
            page = api.get("/api/v1/boards?limit=50&page=" + number++)
                    .expect(200)
                    .json();
            page.path("items")
                    .forEach(item -> listed.add(item.path(Wire.BOARD_ID).asText()));
        } while (number <= page.path("pagination").path("pages").asInt());

        assertThat(listed).contains(board.id(), "pomodoro").doesNotHaveDuplicates();
        assertThat(page.path("pagination").path("total").asInt()).isEqualTo(listed.size());
    }

    @Test
    void aBoardThatIsGoneIsNotFound() {
        api.putBoard(board).expect(201);
        api.submit(board.id(), ScoreEvent.of("ann", "1")).expect(200);

        api.deleteBoard(board.id()).expect(204);

        assertProblem(api.board(board.id()), 404);
        assertProblem(api.deleteBoard(board.id()), 404);
        assertProblem(api.top(board.id(), Period.DAILY, ""), 404);
        assertProblem(api.player(board.id(), Period.DAILY, "ann", ""), 404);
        assertProblem(api.neighbours(board.id(), Period.DAILY, "ann", ""), 404);
        assertProblem(api.lookup(board.id(), Period.DAILY, List.of("ann"), ""), 404);
        assertProblem(api.windows(board.id(), Period.DAILY), 404);
        assertProblem(api.submit(board.id(), ScoreEvent.of("ann", "1")), 404);
    }

    @DisplayName("trap 17: a board made again under the same id has no old ranks")
    @Test
    void aBoardMadeAgainUnderTheSameIdHasNoOldRanks() {
        api.putBoard(board).expect(201);
        ScoreEvent event = ScoreEvent.of("ann", "40").withId("first");
        api.submit(board.id(), event).expect(200);
        api.submit(board.id(), ScoreEvent.of("bob", "50")).expect(200);
        api.top(board.id(), Period.ALL_TIME, "").expect(200);
        api.deleteBoard(board.id()).expect(204);
        api.putBoard(board).expect(201);

        JsonNode empty = api.top(board.id(), Period.ALL_TIME, "").expect(200).json();
        assertThat(empty.path("total").asInt(-1)).isZero();
        assertThat(empty.path("entries")).isEmpty();
        Reply bob = api.player(board.id(), Period.ALL_TIME, "bob", "");
        assertThat(bob.status() == 404 || !bob.json().path("ranked").asBoolean(true))
                .as("%s", bob)
                .isTrue();

        JsonNode again = api.submit(board.id(), event).expect(200).json();
        assertThat(again.path("status").asText()).isEqualTo("APPLIED");
        JsonNode standing = again.path("standings").path("ALL_TIME");
        assertThat(standing.path("score").asInt()).isEqualTo(40);
        assertThat(standing.path("rank").asInt()).isEqualTo(1);
        assertThat(standing.path("total").asInt()).isEqualTo(1);
    }

    @Test
    void theWindowsOfAPeriodAreListed() {
        BoardSpec historic = aBoard("boards").lateDays(3_650).build();
        api.putBoard(historic).expect(201);
        api.submit(historic.id(), ScoreEvent.of("ann", "1").at("2024-12-31T12:00:00Z"))
                .expect(200);
        api.submit(historic.id(), ScoreEvent.of("ann", "1").at("2025-01-01T12:00:00Z"))
                .expect(200);

        assertThat(windowIds(historic, Period.DAILY)).contains("2024-12-31", "2025-01-01");
        assertThat(windowIds(historic, Period.WEEKLY)).contains("2025-W01").doesNotContain("2024-W53");
        assertThat(windowIds(historic, Period.YEARLY)).contains("2024", "2025");
        assertThat(windowIds(historic, Period.ALL_TIME)).contains("all");
        assertProblem(api.get("/api/v1/boards/" + historic.id() + "/windows?period=hourly"), 422, "period");
    }

    private List<String> windowIds(BoardSpec of, Period period) {
        return api.windows(of.id(), period).expect(200).json().findValuesAsText("id");
    }
}
