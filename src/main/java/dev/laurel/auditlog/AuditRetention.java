package dev.laurel.auditlog;

import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;

/** Removes entries of the audit log that are older than they are kept. */
@ApplicationScoped
class AuditRetention {
    /** The database refuses to remove entries that are younger. */
    private static final Duration LEAST = Duration.ofDays(30);

    /** Entries removed by one statement, so that no transaction is long. */
    private static final long CHUNK = 5_000;

    /** Chunks in one run: more than a busy day has entries. */
    private static final int MAX_CHUNKS = 100;

    private static final String REMOVE = "SELECT remove_old_audit_entries($1, $2)";

    private final Sql sql;
    private final JobLog log;
    private final AuditLogConfig config;
    private final Clock clock;

    AuditRetention(Sql sql, JobLog log, AuditLogConfig config, Clock clock) {
        this.sql = sql;
        this.log = log;
        this.config = config;
        this.clock = clock;
        if (config.retention().compareTo(LEAST) < 0) {
            throw new IllegalArgumentException("laurel.audit-log.retention must be at least 30 days");
        }
    }

    @Scheduled(identity = "audit-log-retention", every = "6h", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return log.run("audit-log-retention", remove());
    }

    private Uni<Long> remove() {
        // A moment more: the clocks of the two machines may differ.
        Duration kept = config.retention().plusMinutes(1);
        return Multi.createBy()
                .repeating()
                .uni(() -> sql.runForJob(REMOVE, clock.instant().minus(kept).atOffset(ZoneOffset.UTC), CHUNK)
                        .map(rows -> rows.iterator().next().getLong(0)))
                .whilst(removed -> removed == CHUNK)
                .select()
                .first(MAX_CHUNKS)
                .collect()
                .with(java.util.stream.Collectors.summingLong(Long::longValue));
    }
}
