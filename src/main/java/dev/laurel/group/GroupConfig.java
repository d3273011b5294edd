package dev.laurel.group;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of groups. */
@ConfigMapping(prefix = "laurel.group")
public interface GroupConfig {
    /** Maximum number of members of one group. */
    @WithDefault("100000")
    long members();
}
