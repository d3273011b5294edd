package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.board.Operator;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.standings.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What a standing was before an adjustment, and what it would be without it. */
@ApplicationScoped
class Restoration {
    private static final String SCORES = "SELECT player_scores($1, $2, $3, $4)";

    /**
     * The best event behind an adjustment in the ledger; corrections by hand are no submissions. The
     * time only spares older partitions, and the clock it is of may differ from PostgreSQL's.
     */
    private static final String SINCE = """
            SELECT score, occurred_ms, more FROM score_event
            WHERE board_id = $1 AND player_id = $2 AND received_at > $3::timestamptz - interval '15 seconds'
              AND ($4::bigint IS NULL OR occurred_ms >= $4) AND ($5::bigint IS NULL OR occurred_ms < $5)
              AND (event_id IS NULL OR event_id NOT LIKE '#%')
              AND id > coalesce((SELECT max(a.id) FROM score_event a
                                 WHERE a.board_id = $1 AND a.player_id = $2 AND a.event_id = $7
                                   AND a.received_at > $3::timestamptz - interval '15 seconds'), 0)
            ORDER BY score * $6::bigint, occurred_ms, id LIMIT 1""";

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

    /** The scores a player would have in a window without an adjustment; null when they are the present ones. */
    Uni<ReachedScores> of(Board board, Adjustment adjustment, TouchedWindow touched) {
        ReachedScores before = ReachedScores.of(touched.before());
        boolean keepsBest = board.definition().operator() == Operator.BEST;
        return since(board, adjustment, touched).map(since -> {
            if (since == null) {
                return before;
            }
            // Where the latest counts, whatever was submitted since has replaced the adjustment already.
            if (!keepsBest) {
                return null;
            }
            return isBetter(board, since, before) ? since : before;
        });
    }

    private Uni<ReachedScores> since(Board board, Adjustment adjustment, TouchedWindow touched) {
        Instant start = touched.window().window().start();
        Instant end = touched.window().window().end();
        return sql.runForJob(
                        SINCE,
                        board.id(),
                        adjustment.playerId(),
                        adjustment.createdAt().atOffset(ZoneOffset.UTC),
                        start == null ? null : Long.valueOf(start.toEpochMilli()),
                        end == null ? null : Long.valueOf(end.toEpochMilli()),
                        board.definition().order().sortKey(1),
                        adjustment.eventId())
                .map(rows -> rows.size() == 0 ? null : event(rows.iterator().next()));
    }

    private static ReachedScores event(Row row) {
        List<Long> pairs = new ArrayList<>(List.of(row.getLong(0), row.getLong(1)));
        Long[] more = row.getArrayOfLongs(2);
        if (more != null) {
            pairs.addAll(List.of(more));
        }
        return ReachedScores.of(pairs);
    }

    private static boolean isBetter(Board board, ReachedScores one, ReachedScores other) {
        return board.definition().order().sortKey(one.scores().get(0))
                < board.definition().order().sortKey(other.scores().get(0));
    }
}
