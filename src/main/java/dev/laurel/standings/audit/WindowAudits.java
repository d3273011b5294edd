package dev.laurel.standings.audit;

import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRows;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * Records in PostgreSQL which process compares which window, and the findings: each window is compared by one process,
 * however many there are, and every process can report the result. Created at startup for its meters.
 */
@Startup
@ApplicationScoped
public class WindowAudits {
    /** The windows that are due, longest waiting first, up to the rows of one run. */
    private static final String CLAIM = """
            WITH due AS (
                SELECT w.board_id, w.period, w.window_key, w.window_id, w.start_at, w.end_at, w.state, b.name, b.tenant_id,
                       sum(greatest(a.compared, 1000)) OVER (ORDER BY a.begun_at NULLS FIRST, w.board_id, w.period,
                           w.window_key) - greatest(a.compared, 1000) AS rows_before
                FROM board_window w
                JOIN board b ON b.id = w.board_id AND b.deleted_at IS NULL
                LEFT JOIN window_audit a
                    ON a.board_id = w.board_id AND a.period = w.period AND a.window_key = w.window_key
                WHERE w.state = 'OPEN' AND ($1::integer IS NULL OR w.board_id = $1)
                  -- what an import writes is shown at its end
                  AND ($1::integer IS NOT NULL OR NOT EXISTS (
                      SELECT FROM import_job j WHERE j.board_id = w.board_id AND j.state IN ('RUNNING', 'UNDOING')))
                  AND (a.begun_at IS NULL OR a.begun_at <= now() - $2::bigint * interval '1 millisecond')
                  AND (a.busy_until IS NULL OR a.busy_until < now())),
            claimed AS (
                INSERT INTO window_audit AS a (board_id, period, window_key, begun_at, busy_until)
                SELECT d.board_id, d.period, d.window_key, now(), now() + interval '10 minutes'
                FROM due d WHERE d.rows_before < $3::bigint
                ORDER BY 1, 2, 3
                ON CONFLICT (board_id, period, window_key)
                DO UPDATE SET begun_at = excluded.begun_at, busy_until = excluded.busy_until
                -- another process may have been quicker
                WHERE a.begun_at <= now() - $2::bigint * interval '1 millisecond'
                  AND (a.busy_until IS NULL OR a.busy_until < now())
                RETURNING a.board_id, a.period, a.window_key)
            SELECT d.period, d.window_key, d.window_id, d.start_at, d.end_at, d.state, d.name, d.board_id, d.tenant_id
            FROM due d JOIN claimed c USING (board_id, period, window_key)
            ORDER BY d.rows_before""";

    private static final String DIFFERS = """
            UPDATE window_audit SET differs_since = coalesce(differs_since, now())
            WHERE board_id = $1 AND period = $2 AND window_key = $3""";

    private static final String ENDED = """
            UPDATE window_audit SET busy_until = NULL, audited_at = now(), compared = $4, different = $5, repaired = $6,
                differs_since = NULL, walked_at = CASE WHEN $7 THEN now() ELSE walked_at END,
                -- after a difference all of it is compared again
                walk = NULL, seen_tx = CASE WHEN $7 AND $5::bigint = 0 THEN seen_tx END
            WHERE board_id = $1 AND period = $2 AND window_key = $3""";

    private static final String RELEASE = """
            UPDATE window_audit a SET busy_until = NULL
            FROM unnest($1::integer[], $2::smallint[], $3::bigint[]) AS t(board_id, period, window_key)
            WHERE a.board_id = t.board_id AND a.period = t.period AND a.window_key = t.window_key""";

    private static final String SUMMARY = """
            SELECT count(audited_at), min(audited_at), max(audited_at), count(differs_since), min(differs_since),
                   (SELECT max(finished_at) FROM job_run WHERE job = 'audit' AND failure IS NOT NULL),
                   min(walked_at) FILTER (WHERE seen_tx IS NOT NULL)
            FROM window_audit a WHERE EXISTS (
                SELECT FROM board_window w WHERE w.board_id = a.board_id AND w.period = a.period
                    AND w.window_key = a.window_key AND w.state = 'OPEN')""";

    private final Sql sql;
    private final Boards boards;
    private final Clock clock;
    private volatile AuditSummary known = new AuditSummary(0, null, null, 0, null, null, null);

    WindowAudits(Sql sql, Boards boards, Clock clock, MeterRegistry meters) {
        this.sql = sql;
        this.boards = boards;
        this.clock = clock;
        meters.gauge(Meters.AUDIT_OLDEST, this, WindowAudits::oldestDifferenceSeconds);
        meters.gauge(Meters.AUDIT_LAST, this, WindowAudits::lastSeconds);
        meters.gauge(Meters.AUDIT_WALK, this, WindowAudits::walkSeconds);
    }

    /**
     * Claims windows that no other run is comparing.
     *
     * @param boardId restricts the claim to one board; null for all
     * @param gap windows whose last comparison began more recently than this are not due
     * @param rows about how many standings they may hold together
     */
    Uni<List<WindowRef>> claim(Integer boardId, Duration gap, long rows) {
        return sql.runForJob(CLAIM, boardId, gap.toMillis(), rows)
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .onItem()
                .transformToUniAndConcatenate(this::reference)
                .collect()
                .asList();
    }

    private Uni<WindowRef> reference(Row row) {
        return boards.get(BoardName.of(row))
                .onFailure(NotFound.class)
                .recoverWithNull()
                .map(board ->
                        board == null || board.id() != row.getInteger(7) ? null : WindowRows.reference(board, row));
    }

    /** Records a known difference, which stands until the comparison has ended well. */
    Uni<Void> differs(WindowRef window) {
        return sql.run(DIFFERS, window.board().id(), window.period().code(), window.key())
                .replaceWithVoid();
    }

    /** Records a comparison that ended well: any difference has been repaired, or the window is no longer read. */
    Uni<Void> ended(WindowAudit audit) {
        WindowRef window = audit.window();
        return sql.run(
                        ENDED,
                        window.board().id(),
                        window.period().code(),
                        window.key(),
                        audit.compared(),
                        audit.different(),
                        audit.repaired(),
                        audit.isWhole())
                .replaceWithVoid();
    }

    /** Releases windows whose comparison has not ended well, so that any process may retry them. */
    Uni<Void> release(List<WindowRef> windows) {
        return sql.run(
                        RELEASE,
                        windows.stream().map(w -> w.board().id()).toArray(Integer[]::new),
                        windows.stream().map(w -> w.period().code()).toArray(Short[]::new),
                        windows.stream().map(WindowRef::key).toArray(Long[]::new))
                .replaceWithVoid();
    }

    /** The comparisons made by all processes. */
    public Uni<AuditSummary> summary() {
        return sql.run(SUMMARY)
                .map(rows -> rows.iterator().next())
                .map(WindowAudits::summary)
                .invoke(now -> known = now);
    }

    private static AuditSummary summary(Row row) {
        return new AuditSummary(
                row.getLong(0),
                instant(row, 1),
                instant(row, 2),
                row.getLong(3),
                instant(row, 4),
                instant(row, 5),
                instant(row, 6));
    }

    private static Instant instant(Row row, int column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private double oldestDifferenceSeconds() {
        Instant since = known.differsSince();
        return since == null ? 0 : secondsSince(since);
    }

    private double lastSeconds() {
        Instant last = known.newest();
        return last == null ? Double.NaN : secondsSince(last);
    }

    private double walkSeconds() {
        Instant walked = known.walked();
        return walked == null ? Double.NaN : secondsSince(walked);
    }

    private double secondsSince(Instant then) {
        return Math.max(0, Duration.between(then, clock.instant()).toMillis() / 1_000.0);
    }
}
