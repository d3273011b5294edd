package dev.laurel.platform.client;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.List;
import java.util.Optional;

/** The proxies in front of the service. */
@ConfigMapping(prefix = "laurel.proxy")
public interface ProxyConfig {
    /**
     * Addresses of proxies, such as {@code 10.0.0.0/8} or {@code fd00::/8}, whose statements about the client are believed.
     * Without any, the client is the peer of the connection.
     */
    Optional<List<String>> trusted();

    /** The header in which these proxies name the client; any other one is ignored, as clients may have sent it. */
    @WithDefault("x-forwarded-for")
    Header header();

    /** A header that names clients. */
    enum Header {
        X_FORWARDED_FOR,
        /** That of RFC 7239. */
        FORWARDED
    }
}
