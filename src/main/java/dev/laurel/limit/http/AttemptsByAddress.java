package dev.laurel.limit.http;

import dev.laurel.access.CredentialAttempts;
import dev.laurel.limit.Attempts;
import dev.laurel.limit.LimitConfig;
import dev.laurel.limit.RateLimits;
import dev.laurel.platform.client.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;

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
    public String addressOf(HttpServerRequest request) {
        return addresses.of(request).network();
    }

    @Override
    public boolean isExhausted(String address) {
        return limits.areEnabled() && attempts.isExhausted(address);
    }

    @Override
    public void failed(String address) {
        if (limits.areEnabled()) {
            attempts.failed(address);
        }
    }
}
