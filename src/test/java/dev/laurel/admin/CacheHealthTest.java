package dev.laurel.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.cache.registry.CacheFigures;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyFilter;
import dev.laurel.cache.registry.ManagedCache;
import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A cache that is worth less than expected is named, and makes nothing unready. */
class CacheHealthTest {
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Caches caches = Caches.of(meters);
    private final CacheHealth health = new CacheHealth(caches, new CacheHealthConfig() {
        @Override
        public Map<String, Double> expectedHitRate() {
            return Map.of("poor", 0.8, "good", 0.8, "new", 0.8);
        }

        @Override
        public long minLookups() {
            return 100;
        }
    });

    private void cache(String name, long hits, long misses) {
        CacheKind kind = CacheKind.of(name, Duration.ofMinutes(1), 100);
        caches.add(new ManagedCache() {
            @Override
            public CacheKind kind() {
                return kind;
            }

            @Override
            public CacheFigures figures() {
                return new CacheFigures(
                        kind,
                        10,
                        1_000,
                        new CacheFigures.Lookups(hits, misses),
                        new CacheFigures.Loads(misses, 0, Duration.ZERO),
                        0);
            }

            @Override
            public List<?> keys() {
                return List.of();
            }

            @Override
            public long drop(KeyFilter filter) {
                return 0;
            }
        });
    }

    private CacheHealth.Report report() {
        return health.now()
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .awaitItem(Duration.ofSeconds(30))
                .getItem();
    }

    @Test
    void theOneWithFewHitsIsNamed() {
        cache("poor", 79, 21);
        cache("good", 80, 20);
        cache("new", 0, 99);
        cache("other", 0, 1_000);

        CacheHealth.Report report = report();

        assertThat(report.below()).containsExactly("poor");
        assertThat(report.entries()).isEqualTo(40);
        assertThat(report.bytes()).isEqualTo(4_000);
        assertThat(report.lookups()).isEqualTo(new CacheFigures.Lookups(159, 1_140));
    }

    @Test
    void aPoorCacheMakesNothingUnready() {
        cache("poor", 0, 1_000);
        cache("unused", 0, 0);

        HealthCheckResponse response = new CachesReport(health)
                .call()
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .awaitItem(Duration.ofSeconds(30))
                .getItem();

        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(response.getData().orElseThrow())
                .containsEntry("belowExpected", "poor")
                .containsEntry("poor", "0.0 %")
                .containsEntry("unused", "unused")
                .containsEntry("bytes", 2_000L);
    }

    @Test
    void whatIsExpectedIsAMeter() {
        health.publish(new StartupEvent(), meters);

        assertThat(meters.get(Meters.CACHE_EXPECTED)
                        .tag("cache", "poor")
                        .gauge()
                        .value())
                .isEqualTo(0.8);
    }
}
