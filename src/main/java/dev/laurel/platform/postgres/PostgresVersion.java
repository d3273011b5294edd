package dev.laurel.platform.postgres;

import dev.laurel.platform.MainThread;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses to start on a PostgreSQL that lacks what the statements need. */
@ApplicationScoped
class PostgresVersion {
    /** The first with OLD and NEW in RETURNING. */
    private static final int OLDEST = 180_000;

    /** Before the scheduler of the framework begins, which is at 0. */
    static final int FIRST = -10;

    private final Sql sql;

    PostgresVersion(Sql sql) {
        this.sql = sql;
    }

    // Waits, on the main thread, before jobs are scheduled and any request is taken.
    void require(@Observes @Priority(FIRST) StartupEvent event) {
        int version = MainThread.await(() -> sql.runForJob("SELECT current_setting('server_version_num')::int")
                .map(rows -> rows.iterator().next().getInteger(0)));
        if (version < OLDEST) {
            throw new IllegalStateException(
                    "Laurel needs PostgreSQL 18 or newer; the configured server is version " + version / 10_000);
        }
    }
}
