package dev.laurel.imports.run;

import dev.laurel.imports.ImportConfig;
import dev.laurel.imports.ImportCounts;
import dev.laurel.imports.ImportJob;
import dev.laurel.imports.ImportPhase;
import dev.laurel.imports.ImportRows;
import dev.laurel.imports.ImportState;
import dev.laurel.imports.file.mapping.RowError;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * The imports in PostgreSQL, as changed by the process that works on one. A process that has lost its lease changes nothing
 * any more.
 */
@ApplicationScoped
class JobTable {
    private static final String TAKE =
            "SELECT " + ImportRows.COLUMNS + " FROM take_import($1, $2) j" + ImportRows.JOINED;

    private static final String RENEW = """
            UPDATE import_job SET leased_until = clock_timestamp() + $3::bigint * interval '1 millisecond'
            WHERE id = $1 AND lease = $2""";

    private static final String HOLD =
            "SELECT cancelled, position, phase FROM import_job WHERE id = $1 AND lease = $2 FOR UPDATE";

    private static final String ADVANCE = """
            UPDATE import_job SET position = $3, applied = applied + $4, unchanged = unchanged + $5,
                duplicates = duplicates + $6, held = held + $7, refused = refused + $8, worked_ms = worked_ms + $9,
                read_bytes = $10, bulk = $11, attempts = 0, hindrance = NULL,
                leased_until = clock_timestamp() + $12::bigint * interval '1 millisecond'
            WHERE id = $1 AND lease = $2""";

    private static final String ENTER = """
            UPDATE import_job SET phase = $3, failure = coalesce($4, failure), rows_total = coalesce($5, rows_total),
                attempts = 0, hindrance = NULL,
                -- after the last row it was too late
                cancelled = cancelled AND $5::bigint IS NULL
            WHERE id = $1 AND lease = $2""";

    private static final String BEGIN_AGAIN = """
            UPDATE import_job SET phase = 'APPLY', position = 0, rows_total = NULL, read_bytes = 0, worked_ms = 0, applied = 0, unchanged = 0,
                duplicates = 0, held = 0, refused = 0, attempts = 0, hindrance = NULL
            WHERE id = $1 AND lease = $2""";

    private static final String FINISH = """
            UPDATE import_job SET state = $3, finished_at = clock_timestamp(), lease = NULL, leased_until = NULL, hindrance = NULL
            WHERE id = $1 AND lease = $2""";

    private static final String LEAVE = """
            UPDATE import_job SET lease = NULL, leased_until = clock_timestamp() + $3::bigint * interval '1 millisecond',
                hindrance = $4
            WHERE id = $1 AND lease = $2""";

    private static final String CAME_FURTHER =
            "UPDATE import_job SET attempts = 0, hindrance = NULL WHERE id = $1 AND lease = $2 AND attempts > 0";

    private static final String STATE = "SELECT bulk, cancelled, phase FROM import_job WHERE id = $1 AND lease = $2";

    private final Sql sql;
    private final ImportConfig config;
    private final ImportMeters meters;

    JobTable(Sql sql, ImportConfig config, ImportMeters meters) {
        this.sql = sql;
        this.config = config;
        this.meters = meters;
    }

    /** Takes over the oldest import that nobody works on; empty when there is none. */
    Uni<Optional<ImportJob>> take(UUID lease) {
        return sql.run(TAKE, lease, config.lease().toMillis())
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(ImportRows.job(rows.iterator().next())));
    }

    Uni<Void> renew(Held held) {
        return sql.run(RENEW, held.id(), held.lease(), config.lease().toMillis())
                .replaceWithVoid();
    }

    /**
     * Keeps all others from changing an import until a transaction ends.
     *
     * @return whether its end has been requested; fails with {@link LeaseLost} when another process has taken it over, or
     *     has done this part
     */
    Uni<Boolean> hold(Statements transaction, Held held, ImportPhase phase, long position) {
        return transaction.run(HOLD, held.id(), held.lease()).map(rows -> {
            Row row = first(rows);
            if (row.getLong(1) != position || !row.getString(2).equals(phase.name())) {
                throw new LeaseLost();
            }
            return row.getBoolean(0);
        });
    }

    private static Row first(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw new LeaseLost();
        }
        return rows.iterator().next();
    }

    /** Notes what has been done, in the transaction that does it. */
    Uni<Void> advance(Statements transaction, Held held, Advance advance) {
        ImportCounts counts = advance.counts();
        return transaction
                .run(
                        ADVANCE,
                        held.id(),
                        held.lease(),
                        advance.position(),
                        counts.applied(),
                        counts.unchanged(),
                        counts.duplicates(),
                        counts.held(),
                        counts.refused(),
                        advance.took().toMillis(),
                        advance.readBytes(),
                        advance.bulk(),
                        config.lease().toMillis())
                .replaceWithVoid();
    }

    /**
     * Goes on to another phase.
     *
     * @param failure why the import ends early, whatever it contains; null if it does not
     * @param total rows of the file; null when it has not been read to its end
     */
    Uni<Void> enter(Held held, ImportPhase phase, String failure, Long total) {
        return sql.run(ENTER, held.id(), held.lease(), phase.name(), RowError.storable(failure), total)
                .invoke(JobTable::requireHeld)
                .replaceWithVoid();
    }

    /** Whether what it has written is to be shown at its end. */
    Uni<Boolean> isBulk(Held held) {
        return sql.run(STATE, held.id(), held.lease()).map(rows -> first(rows).getBoolean(0));
    }

    /** Fails with {@link LeaseLost} when another process has taken it over. */
    Uni<Void> requireLease(Held held) {
        return isBulk(held).replaceWithVoid();
    }

    /** What is being done. */
    Uni<ImportPhase> phase(Held held) {
        return sql.run(STATE, held.id(), held.lease())
                .map(rows -> ImportPhase.valueOf(first(rows).getString(2)));
    }

    /** Notes that part of the present phase has been done. */
    Uni<Void> cameFurther(Held held) {
        return sql.run(CAME_FURTHER, held.id(), held.lease()).replaceWithVoid();
    }

    /** Whether its end has been requested. */
    Uni<Boolean> cancelled(Held held) {
        return sql.run(STATE, held.id(), held.lease()).map(rows -> first(rows).getBoolean(1));
    }

    /** Goes on from checking all rows to applying them. */
    Uni<Void> beginAgain(Held held) {
        return sql.run(BEGIN_AGAIN, held.id(), held.lease())
                .invoke(JobTable::requireHeld)
                .replaceWithVoid();
    }

    Uni<Void> finish(Held held, ImportState state) {
        return sql.run(FINISH, held.id(), held.lease(), state.name())
                .invoke(JobTable::requireHeld)
                .invoke(() -> meters.ended(state))
                .replaceWithVoid();
    }

    private static void requireHeld(RowSet<Row> changed) {
        if (changed.rowCount() == 0) {
            throw new LeaseLost();
        }
    }

    /**
     * Leaves an import to the process that takes it over, after a while.
     *
     * @param hindrance why; null for nothing that a client has to know
     */
    Uni<Void> leave(Held held, Duration notBefore, String hindrance) {
        return sql.run(LEAVE, held.id(), held.lease(), notBefore.toMillis(), RowError.storable(hindrance))
                .replaceWithVoid();
    }

    /** An import that this process works on. */
    record Held(long id, UUID lease) {}

    /**
     * A step forward.
     *
     * @param position rows that are done with after it
     */
    record Advance(long position, ImportCounts counts, Duration took, long readBytes, boolean bulk) {}

    /** Another process works on the import now. */
    static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeaseLost() {
            super("Another process works on the import", null, false, false);
        }
    }
}
