package dev.laurel.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/** How many requests clients may make in a minute; as many can be made at once. */
@ConfigMapping(prefix = "laurel.limits")
public interface LimitConfig {
    /** Whether requests are limited. Unless it is set, that is so if the service is not open. */
    Optional<Boolean> enabled();

    /** How long a request waits for Redis to grant it; after that it is decided by this process's share of the limit. */
    @WithDefault("250ms")
    Duration patience();

    /** Wrong credentials from one address in a minute, in each process; those that it knows to be valid are not counted. */
    @WithDefault("60")
    int wrongCredentials();

    Reads reads();

    Writes writes();

    Imports imports();

    /** {@code GET}, {@code HEAD} and lookups. */
    interface Reads {
        /** Of an address, without a credential. */
        @WithDefault("60")
        int address();

        /** Of an API key, or a token that names no player. */
        @WithDefault("3000000")
        int key();

        /** Of a player, by credentials that name one. */
        @WithDefault("600")
        int player();
    }

    /** Everything else; a batch is one request. */
    interface Writes {
        @WithDefault("60")
        int address();

        @WithDefault("600000")
        int key();

        @WithDefault("120")
        int player();
    }

    /** Uploads of files, and what is done with them; reads of them are reads. */
    interface Imports {
        @WithDefault("6")
        int address();

        @WithDefault("600")
        int key();

        @WithDefault("6")
        int player();
    }
}
