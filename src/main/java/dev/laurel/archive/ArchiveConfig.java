package dev.laurel.archive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of the jobs that maintain the archive. */
@ConfigMapping(prefix = "laurel.archive")
public interface ArchiveConfig {
    /** How often the rollover looks for due windows. Ranks do not depend on it: a new window begins by itself. */
    @WithDefault("5s")
    String rolloverEvery();

    /** How long event ids are kept, so that a retry does not count twice; at least a day. */
    @WithDefault("P7D")
    Duration eventKeyRetention();
}
