package dev.laurel.web;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.Reply;
import dev.laurel.testing.RolloverScene;
import dev.laurel.testing.RunningStores;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL that answers nobody is found out long before the deadline of a statement, also by what only it can answer. */
@QuarkusTest
class SilentPostgresComponentTest extends RolloverScene {
    /** Half a second to find out, and as much for a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final RunningStores stores = EmbeddedStores.current();

    @Test
    void listsOfWindowsHistoriesAndCorrectionsFailSoon() {
        String board = putBoard(aBoard("silent").daily());
        submit(board, ScoreEvent.of("ann", "7"));
        String own = "/api/v1/boards/" + board;
        String admin = "/api/v1/admin/boards/" + board;
        List<String> paths = List.of(
                "/api/v1/boards",
                "/api/v1/players/ann/history?board=" + board + "&period=daily",
                "/api/v1/players/ann/events?board=" + board,
                own + "/windows?period=daily",
                own + "/windows/closed",
                own + "/activity",
                admin + "/adjustments",
                admin + "/log",
                admin + "/rankings/daily/disqualifications");
        List<Reply> replies = new ArrayList<>();
        List<Duration> took = new ArrayList<>();

        stores.pausePostgres();
        try {
            for (String path : paths) {
                long started = System.nanoTime();
                replies.add(api.get(path));
                took.add(Duration.ofNanos(System.nanoTime() - started));
            }
        } finally {
            stores.resumePostgres();
        }

        for (int i = 0; i < paths.size(); i++) {
            assertProblem(replies.get(i), 503);
            assertThat(took.get(i)).as("time of %s", paths.get(i)).isLessThan(SOON);
        }
    }
}
