package dev.laurel.imports;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.correction.Decision;
import dev.laurel.imports.ImportJob.Progress;
import dev.laurel.imports.ImportJob.Source;
import dev.laurel.imports.ImportJob.Times;
import dev.laurel.imports.ImportOptions.ClosedWindows;
import dev.laurel.imports.ImportOptions.OnChange;
import dev.laurel.imports.file.mapping.ImportMode;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The imports in PostgreSQL, as clients see and change them. */
@ApplicationScoped
public class ImportTable {
    /** The columns of {@link #job}, of an import {@code j}, its board {@code b} and its file {@code f}. */
    public static final String COLUMNS = """
            j.id, j.board_id, b.name, j.tenant_id, j.file, j.file_name, f.bytes, j.fingerprint, j.mode, j.season, j.mapping, j.sheet,
            j.dry_run, j.atomic, j.on_change, j.closed_windows, j.at, j.author, j.reason, j.state, j.phase, j.bulk, j.position,
            j.rows_total, j.read_bytes, j.applied, j.unchanged, j.duplicates, j.held, j.refused, j.worked_ms, j.failure, j.cancelled,
            j.created_at, j.started_at, j.finished_at""";

    /** What {@link #COLUMNS} are of, after {@code import_job j}. */
    public static final String JOINED = " JOIN board b ON b.id = j.board_id LEFT JOIN import_file f ON f.id = j.file ";

    private static final String INSERT = """
            INSERT INTO import_job (tenant_id, board_id, file, file_name, fingerprint, mode, season, mapping, dry_run, atomic,
                on_change, closed_windows, at, author, reason, state, phase, sheet)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'QUEUED', $16, $17
            WHERE (SELECT count(*) FROM import_job o WHERE o.state IN ('QUEUED', 'RUNNING', 'UNDOING')) < $18
            RETURNING id""";

    private static final String LOG =
            "INSERT INTO admin_log (tenant_id, at, action, board_id, author, reason) VALUES ($1, $2, 'IMPORT', $3, $4, $5)";

    private static final String ONE =
            "SELECT " + COLUMNS + " FROM import_job j" + JOINED + "WHERE j.tenant_id = $1 AND j.id = $2";

    private static final String CHOSEN = """
            WHERE j.tenant_id = $1 AND ($2::integer IS NULL OR j.board_id = $2) AND ($3::text IS NULL OR j.season = $3)
              AND ($4::text IS NULL OR j.state = $4)""";

    private static final String LIST = "SELECT " + COLUMNS + " FROM import_job j" + JOINED + CHOSEN
            + " AND b.deleted_at IS NULL ORDER BY j.id DESC OFFSET $5 LIMIT $6";

    private static final String COUNT =
            "SELECT count(*) FROM import_job j JOIN board b ON b.id = j.board_id AND b.deleted_at IS NULL " + CHOSEN;

    private static final String CANCEL = """
            UPDATE import_job SET cancelled = true,
                state = CASE state WHEN 'QUEUED' THEN 'CANCELLED' ELSE state END,
                finished_at = CASE state WHEN 'QUEUED' THEN clock_timestamp() ELSE finished_at END
            WHERE tenant_id = $1 AND id = $2 AND state IN ('QUEUED', 'RUNNING')""";

    private static final String RESUME = """
            UPDATE import_job SET cancelled = false, failure = NULL, state = 'QUEUED', finished_at = NULL, leased_until = NULL,
                phase = CASE WHEN phase = 'SHOW' THEN 'APPLY' ELSE phase END
            WHERE tenant_id = $1 AND id = $2 AND state IN ('FAILED', 'CANCELLED') AND NOT dry_run""";

    private static final String UNDO = """
            UPDATE import_job SET state = 'UNDOING', phase = 'UNDO', cancelled = false, finished_at = NULL, leased_until = NULL
            WHERE tenant_id = $1 AND id = $2 AND state IN ('DONE', 'DONE_WITH_ERRORS', 'FAILED', 'CANCELLED')
              AND NOT dry_run AND mode <> 'BASELINE'
            RETURNING board_id""";

    private static final String LOG_UNDO =
            "INSERT INTO admin_log (tenant_id, at, action, board_id, author, reason) VALUES ($1, $2, 'UNDO', $3, $4, $5)";

    private final Sql sql;
    private final ImportConfig config;

    ImportTable(Sql sql, ImportConfig config) {
        this.sql = sql;
        this.config = config;
    }

    /** Orders an import, with an entry in the log; fails with {@link Unavailable} when too many are waiting. */
    Uni<Long> insert(Board board, Source source, String fingerprint, ImportOptions options) {
        ImportPhase first = options.dryRun() || options.atomic() ? ImportPhase.CHECK : ImportPhase.APPLY;
        Object[] arguments = {
            board.tenant().id(),
            board.id(),
            source.file(),
            source.name(),
            fingerprint,
            options.mode().name(),
            options.season(),
            options.mapping(),
            options.dryRun(),
            options.atomic(),
            options.onChange().name(),
            options.closedWindows().name(),
            utc(options.at()),
            options.decision().author(),
            options.decision().reason(),
            first.name(),
            options.sheet(),
            (long) config.maxWaiting()
        };
        return sql.inTransaction(transaction -> transaction
                .run(INSERT, arguments)
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw Unavailable.overloaded("Too many imports are waiting");
                    }
                    return rows.iterator().next().getLong(0);
                })
                .call(id -> transaction.run(
                        LOG,
                        board.tenant().id(),
                        utc(options.at()),
                        board.id(),
                        options.decision().author(),
                        options.decision().reason())));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** The import of a number; fails with {@link NotFound} when there is none. */
    public Uni<ImportJob> get(Tenant tenant, long id) {
        return sql.run(ONE, tenant.id(), id)
                .map(rows -> rows.size() == 0 ? null : job(rows.iterator().next()))
                .onItem()
                .ifNull()
                .failWith(() -> new NotFound("There is no import " + id));
    }

    /** Imports, newest first. */
    Uni<PageResult<ImportJob>> list(Tenant tenant, ImportFilter filter, PageRequest page) {
        String state = filter.state() == null ? null : filter.state().name();
        return sql.run(COUNT, tenant.id(), filter.boardId(), filter.season(), state)
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(total -> sql.run(
                                LIST, tenant.id(), filter.boardId(), filter.season(), state, page.offset(), (long)
                                        page.limit())
                        .map(rows -> {
                            List<ImportJob> jobs = new ArrayList<>(rows.size());
                            rows.forEach(row -> jobs.add(job(row)));
                            return new PageResult<>(jobs, total);
                        }));
    }

    /** Requests the end of an import; whether it was not over yet. */
    Uni<Boolean> cancel(Tenant tenant, long id) {
        return sql.run(CANCEL, tenant.id(), id).map(rows -> rows.rowCount() > 0);
    }

    /** Has an import continue that ended early; whether it had, and can. */
    Uni<Boolean> resume(Tenant tenant, long id) {
        return sql.run(RESUME, tenant.id(), id).map(rows -> rows.rowCount() > 0);
    }

    /** Has an import undone, with an entry in the log; whether it is over and has changed something. */
    Uni<Boolean> undo(Tenant tenant, long id, Decision decision, Instant now) {
        return sql.inTransaction(transaction -> transaction
                .run(UNDO, tenant.id(), id)
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().item(false)
                        : transaction
                                .run(
                                        LOG_UNDO,
                                        tenant.id(),
                                        utc(now),
                                        rows.iterator().next().getInteger(0),
                                        decision.author(),
                                        decision.reason())
                                .replaceWith(true)));
    }

    /** An import as a row of {@link #COLUMNS} has it. */
    public static ImportJob job(Row row) {
        ImportOptions options = new ImportOptions(
                ImportMode.valueOf(row.getString("mode")),
                row.getString("season"),
                row.getString("mapping"),
                row.getString("sheet"),
                row.getBoolean("dry_run"),
                row.getBoolean("atomic"),
                OnChange.valueOf(row.getString("on_change")),
                ClosedWindows.valueOf(row.getString("closed_windows")),
                instant(row, "at"),
                new Decision(row.getString("reason"), row.getString("author")));
        Long bytes = row.getLong("bytes");
        return new ImportJob(
                row.getLong("id"),
                BoardName.of(row),
                row.getInteger("board_id"),
                new Source(row.getUUID("file"), row.getString("file_name"), bytes == null ? 0 : bytes),
                row.getString("fingerprint"),
                options,
                ImportState.valueOf(row.getString("state")),
                progress(row),
                new Times(instant(row, "created_at"), instant(row, "started_at"), instant(row, "finished_at")));
    }

    private static Progress progress(Row row) {
        ImportCounts counts = new ImportCounts(
                row.getLong("applied"),
                row.getLong("unchanged"),
                row.getLong("duplicates"),
                row.getLong("held"),
                row.getLong("refused"));
        return new Progress(
                ImportPhase.valueOf(row.getString("phase")),
                row.getBoolean("bulk"),
                row.getLong("position"),
                row.getLong("rows_total"),
                row.getLong("read_bytes"),
                counts,
                Duration.ofMillis(row.getLong("worked_ms")),
                row.getString("failure"),
                row.getBoolean("cancelled"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime at = row.getOffsetDateTime(column);
        return at == null ? null : at.toInstant();
    }
}
