package dev.laurel.access.tenant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What one of several tenants may have of what they share. */
@ConfigMapping(prefix = "laurel.tenants")
interface SharesConfig {
    /** The part of all places of a kind that one tenant may hold at a time, rounded up; 1 for no limit. */
    @WithDefault("0.5")
    double share();
}
