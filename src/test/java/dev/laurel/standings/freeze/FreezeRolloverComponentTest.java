package dev.laurel.standings.freeze;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Archive;
import dev.laurel.board.Boards;
import dev.laurel.testing.FreezeScene;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.util.Set;

/** Windows that end while their board is frozen: nothing of it is for the public until it is revealed. */
@QuarkusTest
class FreezeRolloverComponentTest extends FreezeScene {
    private static final String NEXT_DAY = "2024-05-15";

    @Inject
    Boards boards;

    @Inject
    Archive archive;

    @Test
    void whatIsClosedWhileFrozenIsHeldBack() {
        String board = putBoard(aBoard("freeze").daily());
        submit(board, ScoreEvent.of("ann", "3"));
        submit(board, ScoreEvent.of("bob", "5"));
        freeze(board);
        submit(board, ScoreEvent.of("ann", "9"));

        stand("2024-05-15T00:05:00Z");
        closeDue();
        submit(board, ScoreEvent.of("cyd", "1"));

        assertThat(closed.namesOf(board)).containsExactly(DAY);
        assertThat(players(board, "window=" + DAY)).containsExactly("bob", "ann");
        assertThat(api.top(board, Period.DAILY, "window=" + DAY).header("Cache-Control"))
                .isEqualTo("no-cache");
        JsonNode today = top(board);
        assertThat(today.path("window").path("id").asText()).isEqualTo(NEXT_DAY);
        assertThat(today.path("entries")).isEmpty();
        assertThat(today.path("total").asInt()).isZero();
        JsonNode listed = windows(board).path("items");
        assertThat(listed.findValuesAsText("id")).containsExactly(DAY);
        assertThat(listed.get(0).path("state").asText()).isEqualTo("OPEN");
        assertThat(listed.get(0).has("closedAt") || listed.get(0).has("players"))
                .as("betrayed by %s", listed)
                .isFalse();
        assertThat(listed.findValues("playerId")).isEmpty();
        assertThat(closings(board).path("items")).isEmpty();
        assertThat(history(board, "ann").path("items")).isEmpty();
        assertThat(history(board, "ann").path("pagination").path("total").asInt(-1))
                .isZero();
    }

    @Test
    void theDaysBeforeStandStillToo() {
        Set<Period> periods = Set.of(Period.DAILY, Period.LAST_7_DAYS);
        String board = putBoard(aBoard("freeze").keeping(periods).lateDays(2));
        submit(board, ScoreEvent.of("ann", "3").at("2024-05-12T20:00:00Z"));
        submit(board, ScoreEvent.of("bob", "2"));
        freeze(board);

        JsonNode receipt = submit(board, ScoreEvent.of("bob", "9"));
        assertThat(receipt.at("/standings/LAST_7_DAYS").has("rank")).isFalse();
        assertWeek(board, "", DAY, "ann", "bob");

        stand("2024-05-15T12:00:00Z");
        submit(board, ScoreEvent.of("cyd", "20"));
        assertWeek(board, "", DAY, "ann", "bob");
        assertWeek(board, "window=" + NEXT_DAY, DAY, "ann", "bob");
        assertWeek(board, "window=2024-05-12", "2024-05-12");

        reveal(board);
        assertWeek(board, "", NEXT_DAY, "cyd", "bob", "ann");
        assertWeek(board, "window=2024-05-12", "2024-05-12", "ann");
    }

    private void assertWeek(String board, String query, String window, String... players) {
        JsonNode week = api.top(board, Period.LAST_7_DAYS, query).expect(200).json();
        assertThat(week.at("/window/id").asText()).as("window of %s", week).isEqualTo(window);
        assertThat(week.path("entries").findValuesAsText("playerId")).containsExactly(players);
    }

    @Test
    void theRevealShowsEverything() {
        String board = putBoard(aBoard("freeze").daily());
        submit(board, ScoreEvent.of("ann", "3"));
        submit(board, ScoreEvent.of("bob", "5"));
        freeze(board);
        submit(board, ScoreEvent.of("ann", "9"));
        stand("2024-05-15T00:05:00Z");
        closeDue();
        submit(board, ScoreEvent.of("bob", "1"));
        submit(board, ScoreEvent.of("ann", "2"));
        assertThat(players(board, "window=" + DAY)).containsExactly("bob", "ann");

        reveal(board);

        JsonNode past =
                api.top(board, Period.DAILY, "window=" + DAY).expect(200).json();
        assertThat(past.path("source").asText()).isEqualTo("ARCHIVE");
        assertThat(past.path("entries").findValuesAsText("playerId")).containsExactly("ann", "bob");
        assertThat(top(board).path("entries").findValuesAsText("playerId")).containsExactly("ann", "bob");
        assertThat(top(board).path("entries").findValuesAsText("change")).containsExactly("0", "0");
        assertThat(windows(board).path("items").findValuesAsText("state")).containsExactly("OPEN", "CLOSED");
        assertThat(windows(board).path("items").get(1).path("winners").findValuesAsText("playerId"))
                .containsExactly("ann", "bob");
        assertThat(closings(board).path("items").findValuesAsText("number")).containsExactly("1");
        assertThat(history(board, "ann").path("items").findValuesAsText("rank")).containsExactly("1");
        api.get(path(board)).expect(404);
    }

    @Test
    void whatWasClosedBeforeIsShownAsEver() {
        String board = putBoard(aBoard("freeze").daily());
        submit(board, ScoreEvent.of("ann", "3"));
        submit(board, ScoreEvent.of("bob", "5"));
        stand("2024-05-15T00:05:00Z");
        closeDue();
        submit(board, ScoreEvent.of("ann", "3"));
        submit(board, ScoreEvent.of("bob", "1"));
        api.put(path(board), "").expect(201);
        stand("2024-05-15T00:05:10Z");
        submit(board, ScoreEvent.of("bob", "9"));

        JsonNode past =
                api.top(board, Period.DAILY, "window=" + DAY).expect(200).json();
        JsonNode today = frozen(board, "");

        assertThat(past.path("source").asText()).isEqualTo("ARCHIVE");
        assertThat(past.path("entries").findValuesAsText("playerId")).containsExactly("bob", "ann");
        assertThat(today.path("entries").findValuesAsText("playerId")).containsExactly("ann", "bob");
        assertThat(today.path("entries").findValuesAsText("change")).containsExactly("1", "-1");
        assertThat(windows(board).path("items").findValuesAsText("state")).containsExactly("OPEN", "CLOSED");
        assertThat(closings(board).path("items").findValuesAsText("number")).containsExactly("1");
        assertThat(history(board, "ann").path("pagination").path("total").asInt(-1))
                .isEqualTo(1);
    }

    @Test
    void movementsAreMeasuredAgainstWhatThePublicSees() {
        String board = putBoard(aBoard("freeze").daily());
        submit(board, ScoreEvent.of("ann", "3"));
        submit(board, ScoreEvent.of("bob", "5"));
        stand("2024-05-15T00:01:00Z");
        submit(board, ScoreEvent.of("ann", "2"));
        submit(board, ScoreEvent.of("bob", "1"));
        api.put(path(board), "").expect(201);
        stand("2024-05-15T00:01:10Z");
        submit(board, ScoreEvent.of("ann", "9").at("2024-05-14T23:59:00Z"));
        stand("2024-05-15T00:05:00Z");
        closeDue();

        JsonNode seen = frozen(board, "");
        JsonNode live = live(board, "").expect(200).json();

        // The administrator's view has looked the archive up; that is not to come out here.
        assertThat(live.path("entries").findValuesAsText("change")).containsExactly("0", "0");
        assertThat(seen.path("entries").findValuesAsText("change")).containsExactly("1", "-1");
        assertThat(frozen(board, "limit=3").path("entries").findValuesAsText("change"))
                .containsExactly("1", "-1");
    }

    @Test
    void aResetWhileFrozenIsNotSeen() {
        String board = putBoard(aBoard("freeze").daily());
        submit(board, ScoreEvent.of("ann", "3"));
        submit(board, ScoreEvent.of("abe", "2"));
        freeze(board);
        submit(board, ScoreEvent.of("bob", "5"));

        OnEventLoop.await(() -> boards.get(board).chain(found -> archive.reset(found, dev.laurel.shared.Period.DAILY)));
        submit(board, ScoreEvent.of("cyd", "7"));

        assertThat(players(board, "")).containsExactly("ann", "abe");
        assertThat(players(board, "window=" + DAY)).containsExactly("ann", "abe");
        String next = frozen(board, "limit=1").path("next").asText();
        assertThat(players(board, "limit=1&cursor=" + next)).containsExactly("abe");
        assertThat(frozen(board, "").path("window").path("id").asText()).isEqualTo(DAY);
        assertThat(windows(board).path("items").findValuesAsText("id")).containsExactly(DAY);
        assertThat(closings(board).path("items")).isEmpty();
        assertThat(live(board, "").expect(200).json().path("entries").findValuesAsText("playerId"))
                .containsExactly("cyd");
        reveal(board);
        assertThat(ranked(board, DAY)).containsExactly("cyd");
        assertThat(ranked(board, DAY + "%231")).containsExactly("bob", "ann", "abe");
    }
}
