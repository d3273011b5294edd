package dev.laurel.limit.http;

import dev.laurel.access.CredentialAttempts;
import dev.laurel.limit.Attempts;
import dev.laurel.limit.LimitConfig;
import dev.laurel.limit.RateLimits;
import dev.laurel.platform.client.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;

/** Counts wrong credentials against the address that a request comes from, where requests are limited at all. */
@ApplicationScoped
class AttemptsByAddress implements CredentialAttempts {
    private final Attempts attempts;
    private final RateLimits limits;
    private final ClientAddress addresses;

    AttemptsByAddress(LimitConfig config, RateLimits limits, ClientAddress addresses, Clock clock) {
        this.attempts = new Attempts(config.wrongCredentials(), clock);
        this.limits = limits;
        this.addresses = addresses;
    }

    @Override
    public Duration take(HttpServerRequest request) {
        return limits.areEnabled() ? attempts.take(network(request)) : Duration.ZERO;
    }

    @Override
    public void giveBack(HttpServerRequest request) {
        if (limits.areEnabled()) {
            attempts.giveBack(network(request));
        }
    }

    private String network(HttpServerRequest request) {
        return addresses.of(request).network();
    }
}
