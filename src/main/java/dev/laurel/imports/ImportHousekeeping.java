package dev.laurel.imports;

import dev.laurel.platform.postgres.Sql;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;

/** Removes files that are no longer needed, and imports that are older than the history reaches; some at a time. */
@ApplicationScoped
class ImportHousekeeping {
    private static final Logger LOG = Logger.getLogger(ImportHousekeeping.class);

    /** Longer than any upload takes. */
    private static final Duration UPLOADING = Duration.ofHours(6);

    private static final String FILES = """
            WITH over AS (
                SELECT f.id FROM import_file f
                WHERE f.dropped OR NOT EXISTS (SELECT FROM import_job j WHERE j.file = f.id AND (
                                      j.finished_at IS NULL
                                      OR j.finished_at > clock_timestamp() - $1::bigint * interval '1 millisecond'))
                  AND (EXISTS (SELECT FROM import_job j WHERE j.file = f.id)
                       OR f.uploaded_at < clock_timestamp() - $2::bigint * interval '1 millisecond')
                ORDER BY f.uploaded_at LIMIT 10
            )
            DELETE FROM import_file f USING over o WHERE f.id = o.id""";

    private static final String HISTORY = """
            WITH over AS (
                SELECT j.id FROM import_job j
                WHERE j.finished_at < clock_timestamp() - $1::bigint * interval '1 millisecond' ORDER BY j.id LIMIT 100
            ), errors AS (DELETE FROM import_error e USING over o WHERE e.import_no = o.id),
            windows AS (DELETE FROM import_window w USING over o WHERE w.import_no = o.id),
            baselines AS (DELETE FROM import_baseline b USING over o WHERE b.import_no = o.id),
            seen AS (DELETE FROM import_seen s USING over o WHERE s.import_no = o.id)
            DELETE FROM import_job j USING over o WHERE j.id = o.id""";

    private final Sql sql;
    private final ImportConfig config;

    ImportHousekeeping(Sql sql, ImportConfig config) {
        this.sql = sql;
        this.config = config;
    }

    @Scheduled(
            identity = "import-housekeeping",
            every = "10m",
            delayed = "1m",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> tidy() {
        return sql.runForJob(FILES, config.keepFiles().toMillis(), UPLOADING.toMillis())
                .chain(() -> sql.runForJob(HISTORY, config.keepHistory().toMillis()))
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Imports are tidied up later: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
