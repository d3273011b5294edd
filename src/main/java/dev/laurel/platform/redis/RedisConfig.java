package dev.laurel.platform.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/** Settings of the connections to Redis. */
@ConfigMapping(prefix = "laurel.redis")
public interface RedisConfig {
    /** Address of a server, as {@code redis://:password@host:6379}; read before startup, see the README. */
    Optional<String> url();

    /** How long the oldest unanswered command may wait before the connection is dropped. */
    @WithDefault("800ms")
    Duration deadline();

    /** How long to wait after a lost connection before the next attempt; doubles up to {@link #maxBackOff()}. */
    @WithDefault("50ms")
    Duration backOff();

    @WithDefault("1s")
    Duration maxBackOff();

    /** Maximum unanswered commands on one connection; more are refused at once. */
    @WithDefault("4096")
    int maxPending();

    /** Prefix of every key, for services that share a Redis. */
    @WithDefault("laurel")
    String prefix();
}
