package dev.laurel.imports.run;

import dev.laurel.board.Board;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.ImportOptions.OnChange;
import dev.laurel.imports.file.mapping.ImportMode;
import dev.laurel.imports.run.JobTable.Held;
import dev.laurel.platform.async.Commits;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.window.UnusedWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRows;
import dev.laurel.standings.write.BulkWriter;
import dev.laurel.tier.TierDefinitions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows what an import has written: archives of closed windows are ranked again, each in a transaction of its own, and open
 * windows are loaded. All of it can be done again.
 */
@ApplicationScoped
class Showing {
    private static final String WINDOWS = """
            SELECT w.period, w.window_key, w.window_id, w.start_at, w.end_at, w.state, i.archived
            FROM import_window i
            JOIN board_window w ON w.board_id = $2 AND w.period = i.period AND w.window_key = i.window_key
            WHERE i.import_no = $1 ORDER BY w.end_at NULLS LAST, w.period""";

    /** It is whole: what it has replaced does not come back any more. */
    private static final String REPLACED = "UPDATE import_job SET replaced_by = NULL WHERE replaced_by = $1";

    /** Raised by {@code require_no_fill}. */
    private static final String FILLING = "LB005";

    private static final String ARCHIVE = "SELECT archive_imported($1, $2, $3, $4, $5)";

    private final Sql sql;
    private final JobTable jobs;
    private final BulkWriter writer;
    private final UnusedWindows unused;
    private final Commits commits;
    private final TierDefinitions tiers;
    private final Clock clock;

    Showing(
            Sql sql,
            JobTable jobs,
            BulkWriter writer,
            UnusedWindows unused,
            Commits commits,
            TierDefinitions tiers,
            Clock clock) {
        this.sql = sql;
        this.jobs = jobs;
        this.writer = writer;
        this.unused = unused;
        this.commits = commits;
        this.tiers = tiers;
        this.clock = clock;
    }

    /** Shows an import; fails as the stores do. */
    Uni<Void> show(ImportJob job, Held held, Board board) {
        // What can be seen now does not wait for archives that cannot be ranked yet.
        return sql.run(REPLACED, held.id())
                .chain(() -> jobs.isBulk(held))
                .chain(bulk -> bulk ? load(job, board) : Uni.createFrom().voidItem())
                .chain(() -> archives(held, board))
                .call(() -> unused.forget(board))
                .call(() -> outdate(board));
    }

    /** What has been computed of the board and is cached for minutes. */
    Uni<Void> outdate(Board board) {
        return tiers.drop(board);
    }

    /** Windows that were opened for rows that do not count after all. */
    Uni<Void> forgetUnused(Board board) {
        return unused.forget(board);
    }

    /** Only windows that were closed when rows came into them; each once. */
    Uni<Void> archives(Held held, Board board) {
        return sql.run(WINDOWS, held.id(), board.id())
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .filter(row -> row.getBoolean("archived"))
                .invoke(Showing::requireClosed)
                .filter(row -> "CLOSED".equals(row.getString("state")))
                .onItem()
                .transformToUniAndConcatenate(
                        row -> archive(held.id(), board, row).call(() -> jobs.cameFurther(held)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Its archive is being made, and may have been read before the rows came. */
    private static void requireClosed(Row row) {
        if ("CLOSING".equals(row.getString("state"))) {
            throw Unavailable.overloaded("Window " + row.getString("window_id") + " is being closed");
        }
    }

    private Uni<RowSet<Row>> archive(long id, Board board, Row row) {
        return sql.runForJob(
                        ARCHIVE,
                        id,
                        board.id(),
                        row.getShort("period"),
                        row.getLong("window_key"),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .onFailure(Showing::isFilling)
                .transform(failure -> filling())
                .invoke(() -> writer.archived(WindowRows.reference(board, row)))
                .invoke(() -> commits.announce(Commits.Kind.CLOSINGS, board.id()));
    }

    static boolean isFilling(Throwable failure) {
        return failure instanceof PgException answer && FILLING.equals(answer.getSqlState());
    }

    static Unavailable filling() {
        return Unavailable.overloaded("The windows of a new period are being filled");
    }

    private Uni<Void> load(ImportJob job, Board board) {
        boolean adds =
                job.options().mode() != ImportMode.BASELINE && job.options().onChange() != OnChange.REPLACE;
        return windows(job.id(), board).chain(open -> adds ? writer.loadAdded(board, open) : writer.load(board, open));
    }

    /** Loads the windows that are open. */
    Uni<Void> load(long id, Board board) {
        return windows(id, board).chain(open -> writer.load(board, open));
    }

    /** Has the windows that are open loaded before they are read again. */
    Uni<Void> markStale(long id, Board board) {
        return windows(id, board).chain(open -> writer.markStale(board, open));
    }

    private Uni<List<WindowRef>> windows(long id, Board board) {
        return sql.run(WINDOWS, id, board.id()).map(rows -> {
            List<WindowRef> found = new ArrayList<>(rows.size());
            rows.forEach(row -> found.add(WindowRows.reference(board, row)));
            return found;
        });
    }
}
