package dev.laurel.archive;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of the jobs that keep the archive. */
@ConfigMapping(prefix = "laurel.archive")
public interface ArchiveConfig {
    /** How often due windows are looked for. Ranks do not wait for it: a new window begins by itself. */
    @WithDefault("5s")
    String rolloverEvery();

    /** How long event ids are remembered, so that a retry does not count twice; at least a day. */
    @WithDefault("P7D")
    Duration eventKeyRetention();
}
