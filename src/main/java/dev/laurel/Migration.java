package dev.laurel;

import io.quarkus.runtime.QuarkusApplication;
import org.jboss.logging.Logger;

import java.util.Map;

/**
 * A run that brings the schema of PostgreSQL up to date and ends: for a job beside many replicas that do not migrate.
 *
 * <p>It is a start of the service like any other, but nothing listens and no job runs. What a start needs of PostgreSQL
 * is so checked on the new schema.
 */
final class Migration implements QuarkusApplication {
    static final String ARGUMENT = "--migrate";

    private static final Logger LOG = Logger.getLogger(Migration.class);
    private static final int OK = 0;

    // Not private: the framework makes it a bean.
    Migration() {}

    /** Wins over the environment, which the job shares with the replicas. */
    static void prepare() {
        Map.of(
                        "laurel.postgres.migrate-at-start", "true",
                        "quarkus.scheduler.enabled", "false",
                        // Nobody is connected.
                        "quarkus.shutdown.delay", "0s",
                        "quarkus.http.host-enabled", "false",
                        "quarkus.management.host-enabled", "false")
                .forEach(System::setProperty);
    }

    @Override
    public int run(String... args) {
        LOG.info("The schema is up to date.");
        return OK;
    }
}
