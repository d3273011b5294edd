package dev.laurel.admin;

import dev.laurel.cache.registry.CacheFigures.Lookups;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

import java.time.Duration;
import java.util.Locale;

/** Shows next to the stores how well the caches work. It is always up: a poor cache makes no process unready. */
@Readiness
@ApplicationScoped
class CachesReport implements AsyncHealthCheck {
    private static final String NAME = "Caches";

    /** Below the second that a probe waits. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final CacheHealth caches;

    CachesReport(CacheHealth caches) {
        this.caches = caches;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return caches.now()
                .map(CachesReport::response)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(HealthCheckResponse.named(NAME).up().build());
    }

    private static HealthCheckResponse response(CacheHealth.Report report) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(NAME)
                .up()
                .withData("bytes", report.bytes())
                .withData("hitRate", percent(report.lookups()))
                .withData("belowExpected", String.join(", ", report.below()));
        report.caches().forEach(one -> response.withData(one.name(), percent(one.lookups())));
        return response.build();
    }

    private static String percent(Lookups lookups) {
        Double rate = lookups.hitRate();
        return rate == null ? "unused" : String.format(Locale.ROOT, "%.1f %%", 100 * rate);
    }
}
