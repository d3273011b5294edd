package dev.laurel.platform.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.List;
import java.util.Optional;

/** What is accepted at the edge; see also {@link dev.laurel.platform.http.connection.ConnectionConfig}. */
@ConfigMapping(prefix = "laurel.http")
public interface HttpConfig {
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
