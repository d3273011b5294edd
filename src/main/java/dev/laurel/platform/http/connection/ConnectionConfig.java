package dev.laurel.platform.http.connection;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.OptionalInt;

/** How many connections there may be, and how long their clients may take. */
@ConfigMapping(prefix = "laurel.http")
public interface ConnectionConfig {
    /** From the first byte of a request to the end of its headers, and from a connection to its first byte. */
    @WithDefault("10s")
    Duration headTimeout();

    /** For the body of a request; extended by a second for each 10 KB that have arrived. */
    @WithDefault("25s")
    Duration bodyTimeout();

    /** For each 20 KB of a response that its client has not read. */
    @WithDefault("20s")
    Duration readTimeout();

    /** From the end of a response to the next request. */
    @WithDefault("75s")
    Duration idleTimeout();

    /**
     * From the end of a request to the beginning of its response. Longer than the longest transaction that a request may wait
     * for.
     */
    @WithDefault("180s")
    Duration answerTimeout();

    /**
     * Open connections at a time; more are refused. Unless it is set, 10,000, or one for each 64 KiB of memory that the process
     * may use.
     */
    OptionalInt maxConnections();

    /**
     * Open connections at a time from one address, which is one of IPv4, or a {@code /64} of IPv6. Trusted proxies, and this
     * machine, may have any number. Unless it is set, half of all.
     */
    OptionalInt maxConnectionsPerAddress();

    /** As it is set, or follows from the memory. */
    static int max(ConnectionConfig config) {
        return config.maxConnections()
                .orElse((int) Math.min(10_000, Runtime.getRuntime().maxMemory() >> 16));
    }

    /** The same for one address. */
    static int maxPerAddress(ConnectionConfig config) {
        return config.maxConnectionsPerAddress().orElse(max(config) / 2);
    }
}
