package dev.laurel.standings.baseline;

import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Season;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.standings.baseline.ImportedBaselines.Part;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Baselines in PostgreSQL: as they are, and as they were when their board was frozen. */
@ApplicationScoped
class BaselineTable {
    private static final String SET =
            "SELECT player_id, previous, window_key, stale FROM set_baselines($1, $2, $3, $4, $5, $6, $7, $8, $9, false)";

    private static final String SET_CLOSED =
            "SELECT player_id, previous, window_key, stale FROM set_closed_baselines($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    private static final String SET_IMPORTED =
            "SELECT player_id, previous, window_key, stale FROM import_baselines($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    private static final String SET_MANY =
            "SELECT player_id, previous, window_key, stale FROM import_many_baselines($1, $2, $3, $4, $5, $6, $7, $8, $9)";

    private static final String UNDO_IMPORTED =
            "SELECT player_id, previous, window_key, stale FROM undo_import_baselines($1, $2, $3, $4, $5, $6, $7)";

    private static final String UNDO_MANY =
            "SELECT player_id, previous, window_key, stale FROM undo_import_of_many_baselines($1, $2, $3, $4, $5, $6, $7)";

    /** $3 is the number of a freeze, 0 for none. */
    private static final String FROM = """
            FROM (SELECT player_id, amounts, tenant_id FROM season_baseline
                  WHERE $3 = 0 AND board_id = $1 AND season_key = $2
                  UNION ALL
                  SELECT player_id, amounts, tenant_id FROM frozen_baseline
                  WHERE $3 > 0 AND board_id = $1 AND freeze_no = $3 AND season_key = $2) l
            WHERE NOT EXISTS (SELECT FROM unranked_player o WHERE o.tenant_id = l.tenant_id AND o.player_id = l.player_id)
            """;

    private static final String PAGE =
            "SELECT l.player_id, l.amounts " + FROM + "ORDER BY l.player_id OFFSET $4 LIMIT $5";
    private static final String COUNT = "SELECT count(*) " + FROM;
    private static final String CHOSEN = "SELECT l.player_id, l.amounts " + FROM + "AND l.player_id = ANY ($4::text[])";

    private final Sql sql;
    private final Clock clock;

    BaselineTable(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Changes baselines in one transaction, under the locks of the board. */
    Uni<Changed> set(Board board, long seasonKey, BaselineOrder order) {
        return sql.runForJob(
                        order.closed() ? SET_CLOSED : SET,
                        board.id(),
                        seasonKey,
                        order.season(),
                        order.baselines().stream().map(Baseline::playerId).toArray(String[]::new),
                        order.baselines().stream()
                                .map(one -> array(board.definition(), one))
                                .toArray(String[]::new),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        order.reason(),
                        order.author(),
                        board.revision())
                .map(rows -> changed(board, rows));
    }

    /** As {@link #set}, in a transaction of the caller, and noted as what an import has set. */
    Uni<Changed> setImported(Statements transaction, Board board, Part part, BaselineOrder order, Season season) {
        return transaction
                .run(
                        part.shownAtEnd() ? SET_MANY : SET_IMPORTED,
                        part.importId(),
                        board.id(),
                        Baselines.key(season),
                        season.id(),
                        order.baselines().stream().map(Baseline::playerId).toArray(String[]::new),
                        order.baselines().stream()
                                .map(one -> array(board.definition(), one))
                                .toArray(String[]::new),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        board.revision(),
                        order.closed())
                .map(rows -> changed(board, rows));
    }

    /** Takes back what an import has set of some players. */
    Uni<Changed> undoImported(Board board, Part part, Season season, int most) {
        return sql.runForJob(
                        part.shownAtEnd() ? UNDO_MANY : UNDO_IMPORTED,
                        part.importId(),
                        board.id(),
                        Baselines.key(season),
                        season.id(),
                        most,
                        clock.instant().atOffset(ZoneOffset.UTC),
                        board.revision())
                .map(rows -> changed(board, rows));
    }

    private static Changed changed(Board board, RowSet<Row> rows) {
        List<Baseline> previous = new ArrayList<>();
        Long stale = null;
        for (Row row : rows) {
            if (row.getString(0) == null) {
                stale = row.getLong(3);
            } else {
                previous.add(baseline(board.definition(), row));
            }
        }
        return new Changed(previous, stale);
    }

    /** As far as its last metric with an amount, so that the same baseline is always the same array. */
    private static String array(BoardDefinition definition, Baseline baseline) {
        if (baseline.amounts().isEmpty()) {
            return null;
        }
        List<String> amounts = new ArrayList<>();
        int last = 0;
        for (String metric : definition.metrics()) {
            Long amount = baseline.amounts().get(metric);
            amounts.add(amount == null ? "NULL" : amount.toString());
            last = amount == null ? last : amounts.size();
        }
        return "{" + String.join(",", amounts.subList(0, last)) + "}";
    }

    /** The definition may be a moment older than a metric that has been added. */
    private static Baseline baseline(BoardDefinition definition, Row row) {
        Long[] amounts = row.getArrayOfLongs(1);
        int known = amounts == null
                ? 0
                : Math.min(amounts.length, definition.metrics().size());
        Map<String, Long> named = new LinkedHashMap<>();
        for (int metric = 0; metric < known; metric++) {
            if (amounts[metric] != null) {
                named.put(definition.metrics().get(metric), amounts[metric]);
            }
        }
        return new Baseline(row.getString(0), named);
    }

    /** @param freeze number of the freeze whose snapshot is read; 0 for none */
    Uni<PageResult<Baseline>> page(Board board, long seasonKey, int freeze, PageRequest page) {
        return sql.run(COUNT, board.id(), seasonKey, freeze)
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(total -> sql.run(PAGE, board.id(), seasonKey, freeze, page.offset(), (long) page.limit())
                        .map(rows -> new PageResult<>(
                                rows.stream()
                                        .map(row -> baseline(board.definition(), row))
                                        .toList(),
                                total)));
    }

    /** The baselines of those of the given players who have one. */
    Uni<Map<String, Baseline>> of(Board board, long seasonKey, int freeze, Collection<String> players) {
        return sql.run(CHOSEN, board.id(), seasonKey, freeze, players.toArray(String[]::new))
                .map(rows -> {
                    Map<String, Baseline> found = new LinkedHashMap<>();
                    rows.forEach(row -> found.put(row.getString(0), baseline(board.definition(), row)));
                    return found;
                });
    }

    /**
     * What a change did.
     *
     * @param stale the number under which the open window of the season is marked as stale; null when there is none, or
     *     nothing has changed
     */
    record Changed(List<Baseline> previous, Long stale) {}
}
