package dev.laurel.imports;

import dev.laurel.access.tenant.SharedPlaces;
import dev.laurel.access.tenant.Shares;
import dev.laurel.board.Board;
import dev.laurel.correction.Decision;
import dev.laurel.imports.ImportJob.Source;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The imports in PostgreSQL, as clients see and change them. */
@ApplicationScoped
public class ImportTable {
    private static final String INSERT = """
            INSERT INTO import_job (tenant_id, board_id, file, file_name, fingerprint, mode, season, mapping, dry_run, atomic,
                on_change, closed_windows, at, author, reason, state, phase, sheet, created_at, file_bytes)
            SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'QUEUED', $16, $17, $18, $19
            RETURNING id""";

    /** Of all tenants, and of one. */
    private static final String UNDER_WAY = """
            SELECT count(*), count(*) FILTER (WHERE tenant_id = $1) FROM import_job
            WHERE state IN ('QUEUED', 'RUNNING', 'UNDOING')""";

    private static final String LOG =
            "INSERT INTO admin_log (tenant_id, at, action, board_id, author, reason) VALUES ($1, $2, 'IMPORT', $3, $4, $5)";

    private static final String ONE = "SELECT " + ImportRows.COLUMNS + " FROM import_job j" + ImportRows.JOINED
            + "WHERE j.tenant_id = $1 AND j.id = $2";

    private static final String CHOSEN = """
            WHERE j.tenant_id = $1 AND ($2::integer IS NULL OR j.board_id = $2) AND ($3::text IS NULL OR j.season = $3)
              AND ($4::text IS NULL OR j.state = $4)""";

    private static final String LIST = "SELECT " + ImportRows.COLUMNS + " FROM import_job j" + ImportRows.JOINED
            + CHOSEN + " AND b.deleted_at IS NULL ORDER BY j.id DESC OFFSET $5 LIMIT $6";

    private static final String COUNT =
            "SELECT count(*) FROM import_job j JOIN board b ON b.id = j.board_id AND b.deleted_at IS NULL " + CHOSEN;

    private static final String CANCEL = """
            UPDATE import_job SET cancelled = true,
                state = CASE state WHEN 'QUEUED' THEN 'CANCELLED' ELSE state END,
                finished_at = CASE state WHEN 'QUEUED' THEN clock_timestamp() ELSE finished_at END,
                leased_until = CASE WHEN lease IS NULL THEN NULL ELSE leased_until END
            WHERE tenant_id = $1 AND id = $2 AND state IN ('QUEUED', 'RUNNING') AND phase IN ('CHECK', 'APPLY')""";

    private static final String RESUME = """
            UPDATE import_job SET cancelled = false, failure = NULL, state = 'QUEUED', finished_at = NULL, leased_until = NULL,
                attempts = 0, hindrance = NULL, phase = coalesce(a.next, CASE WHEN atomic THEN 'CHECK' ELSE 'APPLY' END),
                rows_total = CASE a.kept WHEN 1 THEN rows_total END, position = position * a.kept, read_bytes = read_bytes * a.kept,
                worked_ms = worked_ms * a.kept, applied = applied * a.kept, unchanged = unchanged * a.kept,
                duplicates = duplicates * a.kept, held = held * a.kept, refused = refused * a.kept
            FROM (VALUES ('CHECK', 'CHECK', 1), ('APPLY', 'APPLY', 1), ('SHOW', 'APPLY', 1),
                  -- what has been taken back begins at its first row
                  ('UNDO', NULL, 0)) a (last, next, kept)
            WHERE tenant_id = $1 AND id = $2 AND state IN ('FAILED', 'CANCELLED') AND NOT dry_run AND a.last = import_job.phase""";

    private static final String UNDO = """
            UPDATE import_job SET state = 'UNDOING', phase = 'UNDO', cancelled = false, finished_at = NULL, leased_until = NULL,
                attempts = 0, hindrance = NULL, replaced_by = NULL,
                undone_by = $3, undone_for = $4
            WHERE tenant_id = $1 AND id = $2 AND state IN ('DONE', 'DONE_WITH_ERRORS', 'FAILED', 'CANCELLED')
              AND NOT dry_run
            RETURNING board_id""";

    private static final String LOG_UNDO =
            "INSERT INTO admin_log (tenant_id, at, action, board_id, author, reason) VALUES ($1, $2, 'UNDO', $3, $4, $5)";

    private final Sql sql;
    private final ImportConfig config;
    private final Clock clock;
    private final Shares shares;

    ImportTable(Sql sql, ImportConfig config, Clock clock, Shares shares) {
        this.shares = shares;
        this.sql = sql;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Orders an import, with an entry in the log unless it is only a test; fails with {@link Unavailable} when too many are
     * waiting.
     */
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
            utc(clock.instant()),
            source.bytes()
        };
        return requireRoom(board.tenant())
                .chain(() -> sql.inTransaction(transaction -> transaction
                        .run(INSERT, arguments)
                        .map(rows -> rows.iterator().next().getLong(0))
                        .call(() ->
                                options.dryRun() ? Uni.createFrom().voidItem() : log(transaction, board, options))));
    }

    /** Those that are ordered at the same moment may be some more. */
    private Uni<Void> requireRoom(Tenant tenant) {
        return sql.runForAll(UNDER_WAY, tenant.id())
                .invoke(rows -> {
                    Row counted = rows.iterator().next();
                    if (counted.getLong(0) >= config.maxWaiting()) {
                        throw Unavailable.overloaded("Too many imports are waiting");
                    }
                    if (counted.getLong(1) >= shares.of(config.maxWaiting())) {
                        throw shares.refuse(SharedPlaces.IMPORTS);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<?> log(Sql.Statements transaction, Board board, ImportOptions options) {
        return transaction.run(
                LOG,
                board.tenant().id(),
                utc(clock.instant()),
                board.id(),
                options.decision().author(),
                options.decision().reason());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** The import of a number; fails with {@link NotFound} when there is none. */
    public Uni<ImportJob> get(Tenant tenant, long id) {
        return sql.run(ONE, tenant.id(), id)
                .map(rows ->
                        rows.size() == 0 ? null : ImportRows.job(rows.iterator().next()))
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
                            rows.forEach(row -> jobs.add(ImportRows.job(row)));
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
                .run(UNDO, tenant.id(), id, decision.author(), decision.reason())
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
}
