package dev.laurel.access;

import io.smallrye.config.ConfigMapping;

import java.util.Optional;

/** Who may use the service. */
@ConfigMapping(prefix = "laurel.access")
public interface AccessConfig {
    /**
     * Whether anyone may do anything without a credential. Unless it is set, that is so only with embedded stores, on the
     * loopback address, and while there is neither a key nor an issuer.
     */
    Optional<Boolean> open();
}
