package dev.laurel.cache.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.cache.NearCache;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Every cache is set in the same way. */
class CacheSettingsTest {
    private final AtomicInteger loads = new AtomicInteger();

    private NearCache<String, Integer> cache(String name, Map<String, String> settings) {
        return new NearCache<>(
                CacheKind.of(name, Duration.ofMinutes(5), 100), 100, Caches.of(new SimpleMeterRegistry(), settings));
    }

    private int get(NearCache<String, Integer> cache) {
        return cache.get("key", () -> Uni.createFrom().item(loads.incrementAndGet()))
                .await()
                .indefinitely();
    }

    @Test
    void aCacheThatIsDisabledLoadsForEveryCaller() {
        NearCache<String, Integer> off =
                cache("group-statistics", Map.of("laurel.cache.group-statistics.enabled", "false"));
        NearCache<String, Integer> on = cache("players", Map.of("laurel.cache.group-statistics.enabled", "false"));

        assertThat(get(off)).isEqualTo(1);
        assertThat(get(off)).isEqualTo(2);
        assertThat(get(on)).isEqualTo(3);
        assertThat(get(on)).isEqualTo(3);

        assertThat(off.isEnabled()).isFalse();
        assertThat(off.size()).isZero();
        assertThat(off.lookups()).isEqualTo(new CacheFigures.Lookups(0, 2, 0));
        assertThat(off.figures().loads().done()).isEqualTo(2);
        assertThat(off.figures().withoutPostgres()).isZero();
    }

    @Test
    void aLifeIsSetByTheNameOfTheCache() {
        Map<String, String> settings = Map.of("laurel.cache.players.ttl", "10S");

        assertThat(cache("players", settings).kind().timeToLive()).isEqualTo(Duration.ofSeconds(10));
        assertThat(cache("analytics", settings).kind().timeToLive()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aLifeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> cache("players", Map.of("laurel.cache.players.ttl", "0S")))
                .hasMessageContaining("laurel.cache.players.ttl must be positive");
    }
}
