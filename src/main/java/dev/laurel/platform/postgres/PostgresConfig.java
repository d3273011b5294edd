package dev.laurel.platform.postgres;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of the statements sent to PostgreSQL. */
@ConfigMapping(prefix = "laurel.postgres")
public interface PostgresConfig {
    /** How long a request waits for a statement, a free connection included. */
    @WithDefault("5s")
    Duration deadline();

    /** How long a job waits for one statement: writing the archive of a large window takes its time. */
    @WithDefault("2m")
    Duration jobDeadline();
}
