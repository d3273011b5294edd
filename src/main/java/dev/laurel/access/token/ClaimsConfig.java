package dev.laurel.access.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Optional;

/**
 * What the claims of tokens mean. These are their names; one inside another is written with a dot, such as {@code
 * realm_access.roles}.
 */
@ConfigMapping(prefix = "laurel.access.claims")
public interface ClaimsConfig {
    /** What the caller may do: a list, or words separated by spaces. */
    @WithDefault("scope")
    String scope();

    /** What our scopes begin with there, such as {@code laurel:}; words without it are ignored. */
    Optional<String> scopePrefix();

    /** The tenant; that of the first start when the claim is not there. */
    @WithDefault("tenant")
    String tenant();

    /** The player as whom a caller with the scope {@code player} submits. */
    @WithDefault("sub")
    String player();
}
