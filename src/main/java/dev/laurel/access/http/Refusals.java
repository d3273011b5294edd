package dev.laurel.access.http;

import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

import java.util.List;

/** Counts requests that were refused because of who sent them, by reason. */
@Singleton
class Refusals {
    /** No credential where one is needed. */
    static final String MISSING = "missing";

    /** Unknown, expired or revoked. */
    static final String INVALID = "invalid";

    /** A credential that could not be looked up. */
    static final String UNAVAILABLE = "unavailable";

    /** A credential that was not looked at, as too many wrong ones have come from its address. */
    static final String ATTEMPTS = "attempts";

    static final String SCOPE = "scope";

    /** A board that the credential is not for. */
    static final String BOARD = "board";

    /** What only operators of the service may do. */
    static final String TENANT = "tenant";

    private final MeterRegistry meters;

    Refusals(MeterRegistry meters) {
        this.meters = meters;
        // From the start, so that a dashboard shows 0 rather than nothing.
        List.of(MISSING, INVALID, UNAVAILABLE, ATTEMPTS, SCOPE, BOARD, TENANT).forEach(this::counter);
    }

    void count(String reason) {
        counter(reason).increment();
    }

    private Counter counter(String reason) {
        return meters.counter(Meters.ACCESS_REFUSED, "reason", reason);
    }
}
