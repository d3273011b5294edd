package dev.laurel.access.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whose tokens are accepted, and what their claims mean. */
@ConfigMapping(prefix = "laurel.access")
public interface TokenConfig {
    /** The issuer, exactly as its tokens name it in {@code iss}; without it no tokens are accepted. */
    Optional<String> issuer();

    /** Whom tokens have to be for, in {@code aud}: one of these. Needed with an issuer, whose tokens may be for others. */
    Optional<List<String>> audience();

    /** Where the public keys of the issuer are, as a JSON Web Key Set. */
    Optional<URI> jwksUrl();

    /**
     * Whether that address may be an http one of another machine: anyone who can change what is sent on the way can sign tokens. For
     * networks that nobody else reaches.
     */
    @WithDefault("false")
    boolean jwksPlainHttp();

    /** The public key of the issuer instead: PEM, or the path of a file with it. */
    Optional<String> publicKey();

    /** How far the clock of the issuer may be from ours, at most 5 minutes. */
    @WithDefault("30s")
    Duration clockSkew();

    /** How long keys from the URL are used before they are fetched again. */
    @WithDefault("5m")
    Duration jwksRefresh();

    /** Tokens that each process keeps in memory; another one is verified. */
    @WithDefault("10000")
    int cachedTokens();
}
