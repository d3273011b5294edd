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

    /** How often open windows are looked at, and what has changed in them is compared; each is compared by one process, however many there are. */
    @WithDefault("60s")
    Duration interval();

    /** Time in which all of every open window is compared once, whether it has changed or not; longer under load. */
    @WithDefault("1h")
    Duration complete();

    /** Standings compared in one run; a comparison once begun is finished. */
    @WithDefault("500000")
    long rowsPerRun();
}
