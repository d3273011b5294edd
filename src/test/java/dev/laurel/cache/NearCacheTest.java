package dev.laurel.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.cache.registry.CacheFigures;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

class NearCacheTest {
    private static final int MOST = 1_000;

    private final NearCache<Integer, int[]> cache = NearCache.weighed(
            CacheKind.of("test", Duration.ofMinutes(1), Integer.BYTES),
            MOST,
            values -> values.length,
            Caches.of(new SimpleMeterRegistry()));

    private void put(int key, int size) {
        cache.get(key, () -> Uni.createFrom().item(new int[size])).await().indefinitely();
    }

    @Test
    void ofLargeValuesFewAreKept() {
        for (int key = 0; key < 100; key++) {
            put(key, MOST / 4);
        }

        await().atMost(Duration.ofSeconds(30)).until(() -> cache.size() <= 4);
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

        await().atMost(Duration.ofSeconds(30)).until(() -> cache.size() == 0);
    }

    @Test
    void figuresAreThoseOfWhatHappened() {
        put(1, 10);
        put(1, 10);
        put(2, 20);

        CacheFigures figures = cache.figures();

        assertThat(figures.lookups()).isEqualTo(new CacheFigures.Lookups(1, 2));
        assertThat(figures.lookups().hitRate()).isEqualTo(1 / 3.0);
        assertThat(figures.loads().done()).isEqualTo(2);
        assertThat(figures.entries()).isEqualTo(2);
        assertThat(figures.bytes()).isEqualTo(30 * Integer.BYTES + 2 * NearCache.ENTRY_BYTES);
    }

    @Test
    void whatIsBeingLoadedWhenAllIsDroppedIsReturnedAndNotKept() {
        CompletableFuture<int[]> load = new CompletableFuture<>();
        put(1, 1);
        CompletableFuture<int[]> answer =
                cache.get(2, () -> Uni.createFrom().completionStage(load)).subscribeAsCompletionStage();

        long dropped = cache.drop(KeyFilter.ALL);
        load.complete(new int[] {7});

        assertThat(dropped).isEqualTo(2);
        assertThat(answer.join()).containsExactly(7);
        assertThat(cache.size()).isZero();
    }

    @Test
    void keysWithoutAnAddressAreSelectedByNoCondition() {
        put(1, 1);

        assertThat(cache.drop(new KeyFilter("1", null, null))).isZero();
        assertThat(cache.size()).isEqualTo(1);
    }
}
