package dev.laurel.standings.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Settings of the comparison of both stores. */
@ConfigMapping(prefix = "laurel.audit")
public interface AuditConfig {
    /** Whether it runs by itself; it can be asked for in any case. */
    @WithDefault("true")
    boolean enabled();

    /** How often open windows are compared; each by one process, however many there are. */
    @WithDefault("60s")
    Duration interval();

    /** Standings compared in one run; a window is finished once it is begun, and counts as a thousand at least. */
    @WithDefault("500000")
    long rowsPerRun();
}
