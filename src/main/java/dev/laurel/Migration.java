package dev.laurel;

import io.quarkus.runtime.QuarkusApplication;
import org.jboss.logging.Logger;

import java.util.Map;

/**
 * A run that migrates the schema of PostgreSQL and ends: for a job that accompanies many replicas that do not migrate.
 *
 * <p>It starts the service like any other run, but nothing listens and no job runs. This verifies the startup
 * requirements on PostgreSQL against the new schema.
 */
final class Migration implements QuarkusApplication {
    static final String ARGUMENT = "--migrate";

    private static final Logger LOG = Logger.getLogger(Migration.class);
    private static final int OK = 0;

    // Not private: the framework makes it a bean.
    Migration() {}

    /** Takes precedence over the environment, which the job shares with the replicas. */
    static void prepare() {
        Map.of(
                        "laurel.postgres.migrate-at-start", "true",
                        "quarkus.scheduler.enabled", "false",
                        // No client is connected.
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
