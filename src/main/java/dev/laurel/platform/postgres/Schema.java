package dev.laurel.platform.postgres;

import dev.laurel.platform.lifecycle.MainThread;
import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.platform.lifecycle.StartRefused;
import dev.laurel.shared.LaurelException.Unavailable;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;

import java.net.URI;

/**
 * Ensures that the schema is at least the one this program was made for. That costs one query; Flyway, which takes as
 * long as all the rest of a native start, runs only when there is something to migrate.
 */
@ApplicationScoped
class Schema {
    /** The newest migration of this program. */
    static final String VERSION = "202611301260";

    /** How many it has: one that was written earlier and came later is found by that. */
    static final int MIGRATIONS = 76;

    private static final String UNDEFINED_TABLE = "42P01";

    /** What Flyway has applied; a schema may be newer than the program, as during a rolling update of replicas. */
    private static final String APPLIED =
            "SELECT max(version), count(version) FROM flyway_schema_history WHERE success";

    private final Sql sql;
    private final PostgresVersion postgres;
    private final PostgresConfig config;
    private final Instance<Flyway> flyway;
    private final String address;

    Schema(
            Sql sql,
            PostgresVersion postgres,
            PostgresConfig config,
            Instance<Flyway> flyway,
            @ConfigProperty(name = "quarkus.datasource.reactive.url") String address) {
        this.sql = sql;
        this.postgres = postgres;
        this.config = config;
        this.flyway = flyway;
        this.address = address;
    }

    // Blocks the main thread before jobs are scheduled and any request is accepted. Both queries are sent at once: one
    // after the other they would open two connections all the same, since the pool does not hand one to another event
    // loop while it may open more, and a login takes longer than the queries.
    void require(@Observes @Priority(StartOrder.POSTGRES) StartupEvent event) {
        Applied applied = MainThread.await(() -> Uni.combine()
                .all()
                .unis(postgres.require(), applied())
                .with((enough, found) -> found)
                .onFailure(failure -> failure instanceof PgException || failure instanceof Unavailable)
                .transform(failure -> StartRefused.because(problem(address, failure))));
        if (applied.version().compareTo(VERSION) >= 0 && applied.migrations() >= MIGRATIONS) {
            return;
        }
        if (!config.migrateAtStart()) {
            throw StartRefused.because("The schema of PostgreSQL is "
                    + (applied.version().isEmpty() ? "not there yet" : "at version " + applied.version())
                    + ", this program needs " + VERSION + ": run it once with --migrate");
        }
        flyway.get().migrate();
    }

    /** What PostgreSQL has answered, such as that there is no such database, and where it is. */
    static String problem(String address, Throwable failure) {
        URI location = URI.create(address.replaceFirst("^vertx-reactive:", ""));
        Throwable cause = failure instanceof Unavailable && failure.getCause() != null ? failure.getCause() : failure;
        String server = location.getRawAuthority().replaceFirst("^.*@", "");
        return "PostgreSQL at " + server + location.getPath() + " cannot be used: " + cause.getMessage();
    }

    private Uni<Applied> applied() {
        return sql.runForJob(APPLIED)
                .map(rows -> rows.iterator().next())
                .map(row -> new Applied(row.getString(0) == null ? "" : row.getString(0), row.getLong(1)))
                .onFailure(PgException.class)
                .recoverWithUni(refused -> UNDEFINED_TABLE.equals(refused.getSqlState())
                        ? Uni.createFrom().item(new Applied("", 0))
                        : Uni.createFrom().failure(refused));
    }

    /** What Flyway has applied: its newest version, and the number of migrations. */
    private record Applied(String version, long migrations) {}
}
