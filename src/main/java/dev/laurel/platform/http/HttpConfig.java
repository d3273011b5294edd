package dev.laurel.platform.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is accepted at the edge, and how long a client may take to send it. */
@ConfigMapping(prefix = "laurel.http")
public interface HttpConfig {
    /** From the first byte of a request to the end of its headers, and from a connection to its first byte. */
    @WithDefault("10s")
    Duration headTimeout();

    /** For the body of a request; extended by a second for each 10 KB that have arrived. */
    @WithDefault("25s")
    Duration bodyTimeout();

    /** Until the next part of a response is accepted by a client that has not read the previous ones. */
    @WithDefault("20s")
    Duration readTimeout();

    /**
     * The host names, without port, under which the service answers; {@code *.example.org} stands for all names below
     * it. Defaults to all names, except on the loopback address of the embedded stores, where only names for that
     * address are accepted.
     */
    Optional<List<String>> allowedHosts();

    /** Origins, in addition to the service's own, whose pages may make changes. */
    Optional<List<String>> trustedOrigins();

    /** Whether responses carry {@code X-Process-Time}, the seconds that the service took, for clients that expect it. */
    @WithDefault("false")
    boolean processTimeHeader();
}
