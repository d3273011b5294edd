package dev.laurel.access;

import io.vertx.core.http.HttpServerRequest;

import java.time.Duration;

/**
 * Bounds how often wrong credentials are tried from one address: it costs a look into PostgreSQL, or a signature, to find that they
 * are wrong. Credentials that the process knows need none.
 */
public interface CredentialAttempts {
    /** Takes an attempt of the request's address; how long to wait for one when none is left, zero when it was taken. */
    Duration take(HttpServerRequest request);

    /** Gives it back: the credential was not wrong. */
    void giveBack(HttpServerRequest request);
}
