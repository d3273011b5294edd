package dev.laurel.platform.postgres;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/** Settings for the statements sent to PostgreSQL. */
@ConfigMapping(prefix = "laurel.postgres")
public interface PostgresConfig {
    /** Address of a server, as {@code postgresql://host:5432/database}; read before startup, see the README. */
    Optional<String> url();

    /** Read with {@link #url()}. */
    Optional<String> user();

    /** Read with {@link #url()}. */
    Optional<String> password();

    /**
     * A separate address of the same database for migrations, bypassing a connection pooler; read with {@link #url()}.
     */
    Optional<String> migrationUrl();

    /** Whether startup migrates an older schema; if not, the service refuses to run on one. */
    @WithDefault("true")
    boolean migrateAtStart();

    /**
     * Whether connections lead to a pooler that assigns a server for one transaction at a time, such as PgBouncer in
     * transaction mode.
     */
    @WithDefault("false")
    boolean pooler();

    /**
     * A role that statements of requests run under, which row-level security shows the rows of the request's tenant alone. It is
     * created, and policies are, by the process that migrates.
     */
    Optional<String> requestRole();

    /** How long a request waits for a statement, including the wait for a free connection. */
    @WithDefault("5s")
    Duration deadline();

    /** How long a job waits for one statement: writing the archive of a large window takes its time. */
    @WithDefault("2m")
    Duration jobDeadline();
}
