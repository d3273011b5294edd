package dev.laurel.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How many requests clients may make in a minute; as many can be made at once. */
@ConfigMapping(prefix = "laurel.limits")
public interface LimitConfig {
    /** Whether requests are limited. */
    @WithDefault("false")
    boolean enabled();

    /** How long a request waits for Redis to grant it; after that it is decided by this process's share of the limit. */
    @WithDefault("250ms")
    Duration patience();

    Reads reads();

    Writes writes();

    Imports imports();

    /** {@code GET}, {@code HEAD} and lookups. */
    interface Reads {
        /** Of an address. */
        @WithDefault("60")
        int address();
    }

    /** Everything else; a batch is one request. */
    interface Writes {
        @WithDefault("60")
        int address();
    }

    /** Uploads of files, and what is done with them; reads of them are reads. */
    interface Imports {
        @WithDefault("6")
        int address();
    }
}
