package dev.laurel.cache;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.time.Duration;

class NearCacheTest {
    private static final int MOST = 1_000;

    private final NearCache<Integer, int[]> cache =
            NearCache.weighed("test", MOST, values -> values.length, Duration.ofMinutes(1), new SimpleMeterRegistry());

    private void put(int key, int size) {
        cache.get(key, () -> Uni.createFrom().item(new int[size])).await().indefinitely();
    }

    @Test
    void ofLargeValuesFewAreKept() {
        for (int key = 0; key < 100; key++) {
            put(key, MOST / 4);
        }

        await().until(() -> cache.size() <= 4);
    }

    @Test
    void ofSmallValuesAllAreKeptThatWeighNoMoreThanTheBoundTogether() {
        for (int key = 0; key < MOST; key++) {
            put(key, 1);
        }

        await().during(Duration.ofMillis(200)).until(() -> cache.size() == MOST);
    }

    @Test
    void whatIsTooLargeIsReturnedAndNotKept() {
        put(1, MOST + 1);

        await().until(() -> cache.size() == 0);
    }
}
