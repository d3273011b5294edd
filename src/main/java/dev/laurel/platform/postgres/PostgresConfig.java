package dev.laurel.platform.postgres;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/** Settings of the statements sent to PostgreSQL. */
@ConfigMapping(prefix = "laurel.postgres")
public interface PostgresConfig {
    /** Address of a server, as {@code postgresql://host:5432/database}; read before the start, see the README. */
    Optional<String> url();

    /** Read with {@link #url()}. */
    Optional<String> user();

    /** Read with {@link #url()}. */
    Optional<String> password();

    /** Another way to the same database for migrations, past a pool of connections; read with {@link #url()}. */
    Optional<String> migrationUrl();

    /** Whether a start brings an older schema up to date; if not, it refuses to run on one. */
    @WithDefault("true")
    boolean migrateAtStart();

    /**
     * Whether connections lead to a pool of connections that hands out a server for one transaction at a time, as PgBouncer
     * does in its transaction mode.
     */
    @WithDefault("false")
    boolean pooler();

    /** How long a request waits for a statement, a free connection included. */
    @WithDefault("5s")
    Duration deadline();

    /** How long a job waits for one statement: writing the archive of a large window takes its time. */
    @WithDefault("2m")
    Duration jobDeadline();
}
