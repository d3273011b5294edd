package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.board.Operator;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Window;
import dev.laurel.standings.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a standing was before an adjustment, and what it would be without it. */
@ApplicationScoped
class Restoration {
    private static final String SCORES = "SELECT player_scores($1, $2, $3, $4)";

    /**
     * For each window the best event behind an adjustment in the ledger, of equal ones the first, with the earliest instant
     * of them; corrections by hand are no submissions. The ledger has no index by player, which every event would have to
     * keep up, so this passes over what has come in since, once for all windows. The time only spares what is older, and the
     * clock it is of may differ from PostgreSQL's; that of the adjustment's own event is the time of its key.
     */
    private static final String SINCE = """
            WITH own AS MATERIALIZED (
                SELECT e.id, e.score, e.occurred_ms, e.more FROM score_event e
                WHERE e.board_id = $1 AND e.player_id = $2 AND e.received_at > $3::timestamptz - interval '15 seconds'
                  AND (e.event_id IS NULL OR e.event_id NOT LIKE '#%')
                  AND e.id > coalesce((
                      SELECT a.id FROM score_event a WHERE a.board_id = $1 AND a.event_id = $4
                      AND a.received_at = (SELECT k.received_at FROM event_key k
                                           WHERE k.board_id = $1 AND k.event_id = $4)), 0))
            SELECT w.n, best.score, best.earliest, best.more
            FROM unnest($5::bigint[], $6::bigint[]) WITH ORDINALITY AS w(start_ms, end_ms, n)
            CROSS JOIN LATERAL (
                SELECT o.score, o.more, min(o.occurred_ms) OVER (PARTITION BY o.score) AS earliest FROM own o
                WHERE (w.start_ms IS NULL OR o.occurred_ms >= w.start_ms) AND (w.end_ms IS NULL OR o.occurred_ms < w.end_ms)
                ORDER BY o.score * $7::bigint, o.id LIMIT 1) best""";

    private final Sql sql;

    Restoration(Sql sql) {
        this.sql = sql;
    }

    /** How a player stands in windows, disqualified or not. */
    Uni<List<TouchedWindow>> before(List<WindowRef> windows, String playerId) {
        return Multi.createFrom()
                .iterable(windows)
                .onItem()
                .transformToUniAndConcatenate(window -> sql.run(
                                SCORES, window.board().id(), window.period().code(), window.key(), playerId)
                        .map(rows -> rows.iterator().next().getArrayOfLongs(0))
                        .map(scores -> new TouchedWindow(window, scores == null ? null : List.of(scores))))
                .collect()
                .asList();
    }

    /**
     * The scores that have to be put in place for an adjustment not to have been. Of each million events that the ledger has
     * got since, on all boards together, it takes one to three tenths of a second; it is given up at
     * {@code laurel.postgres.job-deadline}.
     *
     * @param open windows of the adjustment
     * @return those of the windows in which it still shows; fails with {@link Unavailable} at that deadline
     */
    Uni<List<Restored>> of(Board board, Adjustment adjustment, List<TouchedWindow> open) {
        return since(board, adjustment, open).map(since -> {
            List<Restored> restored = new ArrayList<>();
            for (int i = 0; i < open.size(); i++) {
                ReachedScores scores =
                        without(board, ReachedScores.of(open.get(i).before()), since.get(i));
                if (scores != null) {
                    restored.add(new Restored(open.get(i), scores));
                }
            }
            return restored;
        });
    }

    /** As the same submissions leave a standing that was never adjusted; null when it is the present one. */
    private static ReachedScores without(Board board, ReachedScores before, ReachedScores since) {
        if (since == null) {
            return before;
        }
        // Where the latest counts, whatever was submitted since has replaced the adjustment already.
        if (board.definition().operator() != Operator.BEST) {
            return null;
        }
        long held = board.definition().order().sortKey(before.scores().get(0));
        long submitted = board.definition().order().sortKey(since.scores().get(0));
        if (submitted == held) {
            return before.notAfter(since.instants().get(0));
        }
        return submitted < held ? since : before;
    }

    private Uni<Map<Integer, ReachedScores>> since(Board board, Adjustment adjustment, List<TouchedWindow> open) {
        return sql.runForJob(
                        SINCE,
                        board.id(),
                        adjustment.playerId(),
                        adjustment.createdAt().atOffset(ZoneOffset.UTC),
                        adjustment.eventId(),
                        instants(open, Window::start),
                        instants(open, Window::end),
                        board.definition().order().sortKey(1))
                .map(rows -> {
                    Map<Integer, ReachedScores> best = new HashMap<>();
                    rows.forEach(row -> best.put((int) (row.getLong(0) - 1), event(row)));
                    return best;
                });
    }

    private static Long[] instants(List<TouchedWindow> open, Function<Window, Instant> end) {
        return open.stream()
                .map(touched -> end.apply(touched.window().window()))
                .map(instant -> instant == null ? null : Long.valueOf(instant.toEpochMilli()))
                .toArray(Long[]::new);
    }

    private static ReachedScores event(Row row) {
        List<Long> pairs = new ArrayList<>(List.of(row.getLong(1), row.getLong(2)));
        Long[] more = row.getArrayOfLongs(3);
        if (more != null) {
            pairs.addAll(List.of(more));
        }
        return ReachedScores.of(pairs);
    }

    /** A window and what is to be put in place there. */
    record Restored(TouchedWindow window, ReachedScores scores) {}
}
