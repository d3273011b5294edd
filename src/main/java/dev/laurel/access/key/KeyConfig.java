package dev.laurel.access.key;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Limits and times of API keys. */
@ConfigMapping(prefix = "laurel.access.keys")
public interface KeyConfig {
    /** Keys that each process keeps in memory; another one is looked up in PostgreSQL. */
    @WithDefault("10000")
    int cached();

    /**
     * How long a key that is kept in memory goes on without PostgreSQL, where its revocation would be found. Longer than a
     * failover takes, shorter than somebody who has lost a key wants to wait.
     */
    @WithDefault("10m")
    Duration trustedWithoutDatabase();

    /** Keys that a tenant may have, those that can no longer be used included. */
    @WithDefault("10000")
    int most();
}
