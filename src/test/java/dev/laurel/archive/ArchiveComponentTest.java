package dev.laurel.archive;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.Period;
import dev.laurel.testing.RankingPicture;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The archive of a closed window answers everything the live ranking did. */
@QuarkusTest
class ArchiveComponentTest extends RolloverScene {
    @Inject
    Housekeeping housekeeping;

    @ParameterizedTest
    @DisplayName("trap 14: a closed window answers every rank exactly as it did while it was live")
    @CsvSource({"SUM, DESC, COMPETITION", "BEST, ASC, COMPETITION", "LATEST, DESC, ORDINAL", "SUM, ASC, ORDINAL"})
    void theArchiveAnswersAsTheLiveRankingDid(String operator, String order, String rankMode) {
        String board = filled(aBoard("rollover")
                .operator(operator)
                .order(order)
                .rankMode(rankMode)
                .daily());
        stand("2024-05-15T00:04:59Z");
        List<String> live = RankingPicture.of(api, board, Period.DAILY, DAY, "REDIS");

        stand("2024-05-15T00:05:00Z");
        closeDue();

        assertThat(RankingPicture.of(api, board, Period.DAILY, DAY, "ARCHIVE")).isEqualTo(live);
    }

    @Test
    void finalRanksOfAnOrdinalBoardAreStoredWithoutSharing() {
        String board = filled(aBoard("rollover").ordinal().daily());

        stand("2024-05-15T00:05:00Z");
        closeDue();

        assertThat(finalColumn("rank", board))
                .isEqualTo(LongStream.rangeClosed(1, PLAYERS).boxed().toList());
        assertThat(finalColumn("position", board)).isEqualTo(finalColumn("rank", board));
    }

    @Test
    void theListOfWindowsShowsStatesAndWinners() {
        String board = putBoard(aBoard("rollover").daily().decimals(1));
        for (String score : List.of("0.5", "7", "7.1", "0")) {
            submit(board, ScoreEvent.of("p" + score, score));
        }
        stand("2024-05-15T00:05:00Z");
        submit(board, ScoreEvent.of("new", "1"));
        closeDue();

        JsonNode windows = api.windows(board, Period.DAILY).expect(200).json().path("items");

        assertThat(windows.findValuesAsText("id")).containsExactly("2024-05-15", DAY);
        assertThat(windows.findValuesAsText("state")).containsExactly("OPEN", "CLOSED");
        assertThat(windows.get(0).path("winners")).isEmpty();
        JsonNode last = windows.get(1);
        assertThat(last.path("players").asInt()).isEqualTo(4);
        assertThat(last.path("closedBy").asText()).isEqualTo("ROLLOVER");
        assertThat(Instant.parse(last.path("closedAt").asText())).isEqualTo("2024-05-15T00:05:00Z");
        assertThat(last.path("winners").findValuesAsText("playerId")).containsExactly("p7.1", "p7", "p0.5");
        assertThat(last.path("winners").findValuesAsText("score")).containsExactly("7.1", "7", "0.5");
        assertThat(last.path("winners").findValuesAsText("rank")).containsExactly("1", "2", "3");
    }

    @Test
    void aCursorTakenBeforeClosingGoesOnInTheArchive() {
        String board = filled(aBoard("rollover").daily());
        List<String> whole = ranked(board, DAY);
        JsonNode first = api.top(board, Period.DAILY, "limit=7").expect(200).json();
        stand("2024-05-15T00:05:00Z");
        closeDue();

        JsonNode rest = api.top(
                        board,
                        Period.DAILY,
                        "limit=1000&cursor=" + first.path("next").asText())
                .expect(200)
                .json();

        assertThat(first.path("source").asText()).isEqualTo("REDIS");
        assertThat(rest.path("source").asText()).isEqualTo("ARCHIVE");
        assertThat(rest.path("window").path("id").asText()).isEqualTo(DAY);
        assertThat(rest.path("entries").findValuesAsText("playerId")).isEqualTo(whole.subList(7, PLAYERS));
    }

    @Test
    @DisplayName("trap 14: of more than ten thousand players the last one has a final rank as the first")
    void everyPlayerHasAFinalRankHoweverMany() {
        int players = 10_050;
        String board = putBoard(aBoard("rollover").daily());
        List<ScoreEvent> events = IntStream.rangeClosed(1, players)
                .mapToObj(i -> ScoreEvent.of("p" + i, Integer.toString(players - i)))
                .toList();
        api.submitAll(board, events.subList(0, 10_000)).expect(200);
        api.submitAll(board, events.subList(10_000, players)).expect(200);

        stand("2024-05-15T00:05:00Z");
        closeDue();

        assertThat(finalColumn("rank", board))
                .isEqualTo(LongStream.rangeClosed(1, players).boxed().toList());
        for (int rank : new int[] {1, 10_000, 10_001, players}) {
            JsonNode own = api.player(board, Period.DAILY, "p" + rank, "window=" + DAY)
                    .expect(200)
                    .json();
            assertThat(own.path("rank").asInt()).isEqualTo(rank);
            assertThat(own.path("total").asInt()).isEqualTo(players);
        }
    }

    @Test
    void nothingOfADeletedBoardStays() {
        String board = "gone-" + UUID.randomUUID().toString().substring(0, 8);
        api.putBoard(board, "{\"title\":\"Gone\",\"periods\":[\"DAILY\",\"SEASON\"]}")
                .expect(201);
        api.put("/api/v1/boards/" + board + "/seasons/spring", """
                {"title":"Spring","start":"2024-05-01T00:00:00Z","end":"2024-06-01T00:00:00Z"}""").expect(201);
        submit(board, ScoreEvent.of("ann", "1"));
        api.put(
                        "/api/v1/boards/" + board + "/seasons/spring/baseline?reason=scan&author=test",
                        "{\"players\":[{\"playerId\":\"ann\",\"values\":{\"score\":1}}]}")
                .expect(200);
        StoredRows.change("INSERT INTO import_mapping (board_id, name, mapping, changed_at)"
                + " SELECT id, 'spring', '{}', now() FROM board WHERE name = '" + board + "'");
        assertThat(rows("standing", board)).isEqualTo(1);
        assertThat(rows("season_baseline", board)).isEqualTo(1);
        assertThat(rows("import_mapping", board)).isEqualTo(1);
        api.delete("/api/v1/boards/" + board).expect(204);

        // What the boards of other tests have left may be more than one run removes.
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            OnEventLoop.await(housekeeping::purge);
            for (String table : List.of("standing", "season_baseline", "import_mapping", "board_window", "admin_log")) {
                assertThat(rows(table, board)).as(table).isZero();
            }
        });
    }

    private static long rows(String table, String board) {
        return StoredRows.number(
                "SELECT count(*) FROM " + table + " t JOIN board b ON b.id = t.board_id WHERE b.name = ?", board);
    }
}
