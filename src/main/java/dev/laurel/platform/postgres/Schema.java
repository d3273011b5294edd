package dev.laurel.platform.postgres;

import dev.laurel.platform.MainThread;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.flywaydb.core.Flyway;

/**
 * Sees to it that the schema is at least the one this program was made for. That costs one question; Flyway, which takes as
 * long as all the rest of a native start, is called only when there is something to migrate.
 */
@ApplicationScoped
class Schema {
    /** The newest migration of this program. */
    static final String VERSION = "202611211520";

    private static final String UNDEFINED_TABLE = "42P01";

    /** What Flyway has done; a schema may be newer than the program, as while replicas are replaced. */
    private static final String APPLIED = "SELECT max(version) FROM flyway_schema_history WHERE success";

    private final Sql sql;
    private final PostgresConfig config;
    private final Instance<Flyway> flyway;

    Schema(Sql sql, PostgresConfig config, Instance<Flyway> flyway) {
        this.sql = sql;
        this.config = config;
        this.flyway = flyway;
    }

    // Waits, on the main thread, before jobs are scheduled and any request is taken.
    void require(@Observes @Priority(PostgresVersion.FIRST + 1) StartupEvent event) {
        String applied = MainThread.await(this::applied);
        if (applied.compareTo(VERSION) >= 0) {
            return;
        }
        if (!config.migrateAtStart()) {
            throw new IllegalStateException("The schema of PostgreSQL is "
                    + (applied.isEmpty() ? "not there yet" : "at version " + applied)
                    + ", this program needs " + VERSION + ": run it once with --migrate");
        }
        flyway.get().migrate();
    }

    private Uni<String> applied() {
        return sql.runForJob(APPLIED)
                .map(rows -> rows.iterator().next().getString(0))
                .map(version -> version == null ? "" : version)
                .onFailure(PgException.class)
                .recoverWithUni(refused -> UNDEFINED_TABLE.equals(refused.getSqlState())
                        ? Uni.createFrom().item("")
                        : Uni.createFrom().failure(refused));
    }
}
