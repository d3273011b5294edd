package dev.laurel.access;

import io.vertx.core.http.HttpServerRequest;

/**
 * Counts wrong credentials by the address that they come from: it costs a look into PostgreSQL, or a signature, to find that they
 * are wrong.
 */
public interface CredentialAttempts {
    /** What the attempts of a request are counted by; asked for once, as a connection that has ended has no address. */
    String addressOf(HttpServerRequest request);

    /** Whether too many wrong credentials have come from an address. */
    boolean isExhausted(String address);

    /** Counts a wrong one. */
    void failed(String address);
}
