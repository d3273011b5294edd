package dev.laurel.standings.freeze;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.FreezeScene;
import dev.laurel.testing.Period;
import dev.laurel.testing.Reply;
import dev.laurel.testing.ScoreEvent;
import dev.laurel.testing.StoredRows;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** How a freeze is set and ended, and how its snapshot is taken. */
@QuarkusTest
class FreezeRulesComponentTest extends FreezeScene {
    @Test
    void aFreezeIsShownFromTheBeginning() {
        String board = one();
        api.get(path(board)).expect(404);

        JsonNode set =
                api.put(path(board), at("2024-05-14T21:00:00Z")).expect(201).json();

        assertThat(set.path("at").asText()).isEqualTo("2024-05-14T21:00:00Z");
        assertThat(set.path("frozen").asBoolean(true)).isFalse();
        assertThat(api.get(path(board)).expect(200).json()).isEqualTo(set);
        assertThat(api.board(board).expect(200).json().path("freeze")).isEqualTo(set);
        stand("2024-05-14T21:00:00Z");
        assertThat(api.get(path(board)).expect(200).json().path("frozen").asBoolean())
                .isTrue();
        assertThat(players(board, "")).containsExactly("ann");
    }

    @Test
    void aFreezeIsChangedAndRemovedUntilItHasBegun() {
        String board = one();
        api.put(path(board), at("2024-05-14T20:30:00Z")).expect(201);
        api.put(path(board), at("2024-05-14T21:00:00+00:00")).expect(200);
        stand("2024-05-14T20:30:00Z");
        assertThat(top(board).path("source").asText()).isEqualTo("REDIS");
        api.delete(path(board)).expect(204);
        api.delete(path(board)).expect(404);
        stand("2024-05-14T21:00:00Z");
        assertThat(top(board).path("source").asText()).isEqualTo("REDIS");

        api.put(path(board), "{}").expect(201);
        stand("2024-05-14T21:00:10Z");
        api.put(path(board), at("2024-05-14T22:00:00Z")).expect(409);
        assertThat(players(board, "")).containsExactly("ann");
        reveal(board);
        assertThat(top(board).path("source").asText()).isEqualTo("REDIS");
    }

    @Test
    void aSecondFreezeHasASnapshotOfItsOwn() {
        String board = one();
        freeze(board);
        submit(board, ScoreEvent.of("bob", "9"));
        assertThat(players(board, "")).containsExactly("ann");
        reveal(board);

        api.put(path(board), "").expect(201);
        stand("2024-05-14T20:00:20Z");
        submit(board, ScoreEvent.of("ann", "99"));

        assertThat(players(board, "")).containsExactly("bob", "ann");
    }

    @Test
    void fieldsThatBreakARuleAreNamed() {
        String board = one();

        assertProblem(api.put(path(board), at("2024-05-14T19:59:59Z")), 422, "at");
        assertProblem(api.put(path(board), at("2024-05-14T20:00:09.999Z")), 422, "at");
        assertProblem(api.put(path(board), at("2025-05-16T00:00:00Z")), 422, "at");
        assertProblem(api.put(path(board), at("2024-05-14T21:00:00.0001Z")), 422, "at");
        assertProblem(api.put(path(board), at("tonight")), 422, "at");
        api.get(path(board)).expect(404);
        api.put(path("no-such-board"), "").expect(404);
        api.delete(path("no-such-board")).expect(404);
    }

    @Test
    void aSnapshotThatWasBegunAndNotFinishedIsTakenAgain() {
        String board = one();
        freeze(board);
        StoredRows.column(
                "INSERT INTO board_freeze SELECT id, freeze_no, freeze_at FROM board WHERE name = ? RETURNING freeze_no",
                board);

        assertThat(players(board, "")).containsExactly("ann");
        submit(board, ScoreEvent.of("bob", "9"));
        assertThat(players(board, "limit=3")).containsExactly("ann");
    }

    @Test
    void whileAnotherProcessTakesTheSnapshotWritersWaitForItsBeginningOnlyAndReadersForItsEnd() throws SQLException {
        String board = one();
        try (Connection other = EmbeddedStores.current().connect();
                Statement statement = other.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(78, " + id(board) + ")");
            freeze(board);

            Reply early = api.submit(board, ScoreEvent.of("bob", "9"));
            statement.execute(
                    "INSERT INTO board_freeze SELECT id, freeze_no, freeze_at FROM board WHERE id = " + id(board));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> api.submit(board, ScoreEvent.of("cyd", "9")).status() == 200);
            Reply read = api.top(board, Period.DAILY, "");

            assertProblem(early, 503);
            assertThat(early.header("Retry-After")).isNotEmpty();
            assertProblem(read, 503);
            assertThat(read.header("Retry-After")).isNotEmpty();
            statement.execute("SELECT pg_advisory_unlock(78, " + id(board) + ")");
        }
        // What was refused has not been written.
        assertThat(players(board, "")).containsExactlyInAnyOrder("ann", "cyd");
    }

    @Test
    void theSnapshotIsTakenAlsoWhenNobodyReadsOrWrites() {
        String board = one();
        freeze(board);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> StoredRows.number("SELECT count(*) FROM frozen_board WHERE board_id = ?", id(board)) == 1);
        assertThat(players(board, "")).containsExactly("ann");
    }

    @Test
    void aRevealByAnotherProcessIsFoundWhereTheSnapshotIsMissing() {
        String board = one();
        freeze(board);
        StoredRows.column(
                "UPDATE board SET freeze_at = NULL, revision = revision + 1 WHERE name = ? RETURNING id", board);

        assertThat(top(board).path("entries").findValuesAsText("playerId")).containsExactly("ann");
        assertThat(windows(board).path("items").findValuesAsText("id")).containsExactly(DAY);
        JsonNode receipt = submit(board, ScoreEvent.of("bob", "9"));
        assertThat(receipt.path("standings").path("DAILY").path("rank").asInt()).isEqualTo(1);
        assertThat(StoredRows.number("SELECT count(*) FROM frozen_board WHERE board_id = ?", id(board)))
                .isZero();
    }

    @Test
    void theSnapshotOfARevealedBoardIsForgotten() {
        String board = one();
        freeze(board);
        assertThat(players(board, "")).containsExactly("ann");
        String snapshots = "SELECT (SELECT count(*) FROM frozen_standing WHERE board_id = ?)"
                + " + (SELECT count(*) FROM frozen_board WHERE board_id = ?)";
        assertThat(forget("2024-05-14T21:00:00Z", board, snapshots)).isEqualTo(2);
        reveal(board);

        assertThat(forget("2024-05-14T20:00:00Z", board, snapshots)).isEqualTo(2);
        assertThat(forget("2024-05-14T21:00:00Z", board, snapshots)).isZero();
    }

    private static long forget(String since, String board, String snapshots) {
        int runs = 0;
        while (StoredRows.number("SELECT forget_picture(?::timestamptz, 1)", since) > 0) {
            assertThat(runs++).isLessThan(10_000);
        }
        return StoredRows.number(snapshots, id(board), id(board));
    }

    private String one() {
        String board = putBoard(aBoard("freeze").daily());
        submit(board, ScoreEvent.of("ann", "3"));
        return board;
    }

    private static String at(String instant) {
        return "{\"at\":\"" + instant + "\"}";
    }
}
