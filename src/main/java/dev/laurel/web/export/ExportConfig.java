package dev.laurel.web.export;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of exports. */
@ConfigMapping(prefix = "laurel.export")
public interface ExportConfig {
    /**
     * Concurrent exports; more are refused with 503. Each keeps a piece of the ranking in memory until its reader takes
     * it.
     */
    @WithDefault("4")
    int concurrent();

    /** How long a reader may leave one piece of 250 players untaken before the connection is closed. */
    @WithDefault("30s")
    Duration stalledAfter();
}
