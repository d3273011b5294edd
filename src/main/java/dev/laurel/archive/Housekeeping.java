package dev.laurel.archive;

import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Periodic maintenance of PostgreSQL; safe to run on every replica at any time. */
@ApplicationScoped
class Housekeeping {
    /** Rows deleted by one statement, so that no transaction is long. */
    private static final int CHUNK = 10_000;

    /** How long runs of jobs are listed. */
    private static final Duration KEPT_RUNS = Duration.ofDays(30);

    /** Chunks in one run: room for ten thousand events a second with ids of their own. */
    private static final int MAX_CHUNKS = 60;

    /** What clients are promised. */
    private static final Duration LEAST_RETENTION = Duration.ofDays(1);

    private static final String PARTITIONS = "SELECT ensure_ledger_partitions($1, 2)";

    /** Keys of manual corrections stay: they are few, and they tell whether a correction has been applied. */
    private static final String OLD_KEYS = """
            DELETE FROM event_key WHERE ctid IN (
                SELECT ctid FROM event_key WHERE received_at < $1 AND event_id NOT LIKE '#%' LIMIT $2)""";

    private static final String LEFT_BEHIND = """
            DELETE FROM window_standing p USING board_window w
            WHERE w.board_id = p.board_id AND w.period = p.period AND w.window_key = p.window_key
              AND w.state = 'CLOSED' AND w.closed_at > $1::timestamptz - interval '1 hour'""";

    private static final String HEALED_BY_CLOSING = """
            DELETE FROM stale_window s WHERE NOT EXISTS (
                SELECT FROM board_window w JOIN board b ON b.id = w.board_id AND b.deleted_at IS NULL
                WHERE w.board_id = s.board_id AND w.period = s.period AND w.window_key = s.window_key
                  AND w.state <> 'CLOSED')
              -- rolling windows have no row of their own, and have passed after a day
              AND (s.period < 7 OR s.since < now() - interval '26 hours')""";

    private static final String ENDED_AUDITS = """
            DELETE FROM window_audit a WHERE NOT EXISTS (
                SELECT FROM board_window w JOIN board b ON b.id = w.board_id AND b.deleted_at IS NULL
                WHERE w.board_id = a.board_id AND w.period = a.period AND w.window_key = a.window_key
                  AND w.state = 'OPEN')""";

    /** Final rankings past their board's retention, a window at a time; the window is marked with the last of them. */
    private static final String EXPIRED = """
            WITH expired AS MATERIALIZED (
                SELECT w.board_id, w.period, w.window_key FROM board_window w JOIN board b ON b.id = w.board_id
                WHERE w.state = 'CLOSED' AND w.expired_at IS NULL AND b.deleted_at IS NULL
                  AND w.closed_at < $1::timestamptz - b.retention_ms * interval '1 millisecond'
                ORDER BY w.closed_at LIMIT 1),
            picked AS MATERIALIZED (
                SELECT f.ctid FROM final_standing f
                JOIN expired e ON e.board_id = f.board_id AND e.period = f.period AND e.window_key = f.window_key
                LIMIT $2),
            gone AS (DELETE FROM final_standing WHERE ctid IN (SELECT ctid FROM picked) RETURNING 1),
            barred AS (
                DELETE FROM barred_standing s USING expired e
                WHERE s.board_id = e.board_id AND s.period = e.period AND s.window_key = e.window_key),
            decided AS (
                DELETE FROM disqualification q USING expired e
                WHERE q.board_id = e.board_id AND q.period = e.period AND q.window_key = e.window_key),
            marked AS (
                UPDATE board_window w SET expired_at = $1, players = 0 FROM expired e
                WHERE w.board_id = e.board_id AND w.period = e.period AND w.window_key = e.window_key
                  AND (SELECT count(*) FROM picked) < $2
                RETURNING 1)
            SELECT (SELECT count(*) FROM gone), (SELECT count(*) FROM marked)""";

    private static final String FORGET_PICTURE = "SELECT forget_picture($1, $2)";

    /** Longer than any process still believes in a freeze that has been revealed. */
    private static final Duration REVEALED_FOR = Duration.ofHours(1);

    private static final String OLD_RUNS = "DELETE FROM job_run WHERE started_at < $1";

    private static final String DELETED_BOARDS = """
            WITH gone AS (SELECT id FROM board WHERE deleted_at IS NOT NULL),
            a AS (DELETE FROM standing WHERE ctid IN (
                SELECT s.ctid FROM standing s JOIN gone ON gone.id = s.board_id LIMIT $1) RETURNING 1),
            b AS (DELETE FROM window_standing WHERE ctid IN (
                SELECT s.ctid FROM window_standing s JOIN gone ON gone.id = s.board_id LIMIT $1) RETURNING 1),
            c AS (DELETE FROM final_standing WHERE ctid IN (
                SELECT s.ctid FROM final_standing s JOIN gone ON gone.id = s.board_id LIMIT $1) RETURNING 1),
            d AS (DELETE FROM event_key WHERE ctid IN (
                SELECT s.ctid FROM event_key s JOIN gone ON gone.id = s.board_id LIMIT $1) RETURNING 1),
            f AS (DELETE FROM disqualification q USING gone WHERE gone.id = q.board_id),
            g AS (DELETE FROM barred_standing s USING gone WHERE gone.id = s.board_id),
            h AS (DELETE FROM adjustment t USING gone WHERE gone.id = t.board_id),
            i AS (DELETE FROM admin_log l USING gone WHERE gone.id = l.board_id),
            r AS (DELETE FROM window_reset t USING gone WHERE gone.id = t.board_id),
            v AS (DELETE FROM board_day_player WHERE ctid IN (
                SELECT s.ctid FROM board_day_player s JOIN gone ON gone.id = s.board_id LIMIT $1) RETURNING 1),
            w AS (DELETE FROM board_day d USING gone WHERE gone.id = d.board_id),
            y AS (DELETE FROM board_tiers t USING gone WHERE gone.id = t.board_id),
            x AS (DELETE FROM follower_closing t USING gone WHERE gone.id = t.board_id),
            m AS (DELETE FROM import_mapping p USING gone WHERE gone.id = p.board_id),
            z AS (DELETE FROM season_baseline l USING gone WHERE gone.id = l.board_id),
            e AS (DELETE FROM board_window w USING gone WHERE gone.id = w.board_id RETURNING 1)
            SELECT (SELECT count(*) FROM a) + (SELECT count(*) FROM b) + (SELECT count(*) FROM c)
                 + (SELECT count(*) FROM d) + (SELECT count(*) FROM e) + (SELECT count(*) FROM v)""";

    private final Sql sql;
    private final JobLog log;
    private final ArchiveConfig config;
    private final Clock clock;

    Housekeeping(Sql sql, JobLog log, ArchiveConfig config, Clock clock) {
        this.sql = sql;
        this.log = log;
        this.config = config;
        this.clock = clock;
        if (config.eventKeyRetention().compareTo(LEAST_RETENTION) < 0) {
            throw new IllegalArgumentException("laurel.archive.event-key-retention must be at least a day");
        }
    }

    /** Creates the ledger's partitions months before they are needed. */
    @Scheduled(identity = "partitions", every = "6h", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> preparePartitions() {
        return log.run(
                "partitions",
                sql.runForJob(PARTITIONS, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                        .map(rows -> rows.iterator().next().getLong(0)));
    }

    /** Deletes event ids past their retention, and what deleted boards have left. */
    @Scheduled(identity = "purge", every = "1m", delayed = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> purge() {
        var oldest = clock.instant().minus(config.eventKeyRetention()).atOffset(ZoneOffset.UTC);
        Uni<Long> keys = Multi.createBy()
                .repeating()
                .uni(() -> sql.runForJob(OLD_KEYS, oldest, (long) CHUNK).map(rows -> (long) rows.rowCount()))
                .whilst(deleted -> deleted == CHUNK)
                .select()
                .first(MAX_CHUNKS)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
        Uni<Long> boards = sql.runForJob(DELETED_BOARDS, (long) CHUNK)
                .map(rows -> rows.iterator().next().getLong(0));
        Uni<Long> strays = sql.runForJob(LEFT_BEHIND, clock.instant().atOffset(ZoneOffset.UTC))
                .chain(left ->
                        sql.runForJob(HEALED_BY_CLOSING).map(healed -> (long) left.rowCount() + healed.rowCount()))
                .call(() -> sql.runForJob(ENDED_AUDITS))
                .call(() ->
                        sql.runForJob(OLD_RUNS, clock.instant().minus(KEPT_RUNS).atOffset(ZoneOffset.UTC)));
        return log.run(
                "purge",
                keys.chain(a -> boards.chain(
                        b -> strays.chain(c -> expired().chain(d -> snapshots().map(e -> a + b + c + d + e))))));
    }

    /** Deletes final rankings past their board's retention. */
    private Uni<Long> expired() {
        return inChunks(() -> sql.runForJob(EXPIRED, clock.instant().atOffset(ZoneOffset.UTC), (long) CHUNK)
                .map(rows -> rows.iterator().next())
                .map(row -> row.getLong(0) + row.getLong(1)));
    }

    /** Deletes snapshots of boards that have been revealed or deleted. */
    private Uni<Long> snapshots() {
        var revealed = clock.instant().minus(REVEALED_FOR).atOffset(ZoneOffset.UTC);
        return inChunks(() -> sql.runForJob(FORGET_PICTURE, revealed, (long) CHUNK)
                .map(rows -> rows.iterator().next().getLong(0)));
    }

    /** Repeats the chunk while it finds rows, up to the bound of one run. */
    private static Uni<Long> inChunks(Supplier<Uni<? extends Long>> chunk) {
        return Multi.createBy()
                .repeating()
                .uni(chunk)
                .whilst(deleted -> deleted > 0)
                .select()
                .first(MAX_CHUNKS)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }
}
