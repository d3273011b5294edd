package dev.laurel.admin;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.warming.Occasion;
import dev.laurel.warming.Occasions;
import dev.laurel.warming.Trigger;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds occasions to warm in what all processes have done: windows that end soon or were just closed, and imports that have
 * ended. Looked up in PostgreSQL, so that each process learns of what another one has done.
 */
@ApplicationScoped
class WarmingOccasions implements Occasions {
    private static final String LATEST = """
            SELECT (SELECT min(end_at) FROM board_window WHERE state <> 'CLOSED' AND end_at > $1 AND end_at <= $2),
                (SELECT finished_at FROM job_run WHERE job = 'rollover' AND done > 0 AND started_at > $3 AND started_at <= $1
                 ORDER BY started_at DESC LIMIT 1),
                (SELECT max(finished_at) FROM (SELECT finished_at FROM import_job ORDER BY id DESC LIMIT 50) latest
                 WHERE finished_at <= $1)""";

    /** Further back nobody wants to know it. */
    private static final Duration BACK = Duration.ofHours(1);

    private final Sql sql;

    WarmingOccasions(Sql sql) {
        this.sql = sql;
    }

    @Override
    public Uni<List<Occasion>> latest(Instant now, Duration ahead) {
        return sql.runForJob(LATEST, at(now), at(now.plus(ahead)), at(now.minus(BACK)))
                .map(rows -> occasions(rows.iterator().next()));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static List<Occasion> occasions(Row row) {
        List<Occasion> found = new ArrayList<>();
        add(found, Trigger.BEFORE_ROLLOVER, row.getOffsetDateTime(0));
        add(found, Trigger.AFTER_ROLLOVER, row.getOffsetDateTime(1));
        add(found, Trigger.LOAD, row.getOffsetDateTime(2));
        return found;
    }

    private static void add(List<Occasion> found, Trigger trigger, OffsetDateTime mark) {
        if (mark != null) {
            found.add(new Occasion(trigger, mark.toInstant()));
        }
    }
}
