package dev.laurel.platform.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What is accepted at the edge, and for how long a client may take to send it. */
@ConfigMapping(prefix = "laurel.http")
public interface HttpConfig {
    /** From the first byte of a request to the end of its headers, and from a connection to its first byte. */
    @WithDefault("10s")
    Duration headTimeout();

    /** For the body of a request; longer by a second for each 10 KB that have arrived. */
    @WithDefault("30s")
    Duration bodyTimeout();

    /**
     * The host names, without port, under which the service answers; {@code *.example.org} stands for all names below it.
     * All names when not given, except on the loopback address of the embedded stores, where it is the names of that.
     */
    Optional<List<String>> allowedHosts();

    /** Origins, beside the service's own, whose pages may change something. */
    Optional<List<String>> trustedOrigins();
}
