package dev.laurel.warming;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** Settings of warming. */
@ConfigMapping(prefix = "laurel.warming")
public interface WarmingConfig {
    /** Whether views are counted, and what is wanted is loaded before. */
    @WithDefault("true")
    boolean enabled();

    /** The zone by whose clock the users of the service live: peaks move with its summer time. */
    @WithDefault("UTC")
    ZoneId zone();

    /** The age at which a view counts half. */
    @WithDefault("14D")
    Duration halfLife();

    /** What is remembered of each kind for each hour of the week: those read most. */
    @WithDefault("500")
    int remembered();

    /** How long before an hour, and before a window ends, what is wanted then is loaded; much less than it is cached for. */
    @WithDefault("1M")
    Duration ahead();

    /** Maximum number of values that one run looks at. */
    @WithDefault("2000")
    int atMost();

    /** Maximum duration of one run. */
    @WithDefault("60s")
    Duration atMostFor();

    /** Share of its time that a run works; it rests in between, longer when the stores are slow because of others. */
    @WithDefault("0.25")
    double share();

    /** The hour of the day at which what is wanted on the coming day is loaded into common stores; default: the quietest one. */
    Optional<Integer> quietHour();

    /** How often views are counted, and occasions looked for; {@code off} for never. */
    @WithDefault("10s")
    String lookEvery();

    /** How often views of this process are remembered in PostgreSQL. */
    @WithDefault("5M")
    Duration keepEvery();
}
