package dev.laurel.admin;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while at least one store responds: without Redis rankings come from PostgreSQL, without PostgreSQL they still
 * come from Redis and only writes are refused.
 */
@Readiness
@ApplicationScoped
class StoresReady implements AsyncHealthCheck {
    private final StoreHealth health;

    StoresReady(StoreHealth health) {
        this.health = health;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.combine()
                .all()
                .unis(health.postgres(), health.redis())
                .with((postgres, redis) -> HealthCheckResponse.named("Stores")
                        .withData("postgres", postgres.healthy())
                        .withData("redis", redis.healthy())
                        .status(postgres.healthy() || redis.healthy())
                        .build());
    }
}
