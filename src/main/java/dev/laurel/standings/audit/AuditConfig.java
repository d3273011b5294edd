package dev.laurel.standings.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings for the comparison of the two stores. */
@ConfigMapping(prefix = "laurel.audit")
public interface AuditConfig {
    /** Whether the comparison runs on schedule; it can be requested in any case. */
    @WithDefault("true")
    boolean enabled();

    /** How often open windows are compared; each is compared by one process, however many there are. */
    @WithDefault("60s")
    Duration interval();

    /** Standings compared in one run; a window once begun is finished, and counts as at least a thousand. */
    @WithDefault("500000")
    long rowsPerRun();
}
