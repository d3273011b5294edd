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
        assertThat(figures.withoutPostgres()).isEqualTo(1 / 3.0);
        assertThat(figures.content().oldest()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        assertThat(figures.content().maxBytes()).isNull();
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

    @Test
    void valuesThatKnowTheirSizeAreCountedByIt() {
        NearCache<Integer, String> texts = new NearCache<>(
                CacheKind.of("texts", Duration.ofMinutes(1), 7), MOST, Caches.of(new SimpleMeterRegistry()));
        texts.get(1, () -> Uni.createFrom().item("x".repeat(5_000))).await().indefinitely();

        assertThat(texts.figures().content().bytes()).isBetween(5_000L, 5_000L + 2 * NearCache.ENTRY_BYTES);
    }

    @Test
    void aSmallerBoundEvictsAndALargerOneLetsTheCacheGrowAgain() {
        for (int key = 0; key < 100; key++) {
            put(key, 10);
        }
        long all = cache.figures().content().bytes();

        cache.limit(all / 4);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> cache.figures().content().bytes() <= all / 4);
        assertThat(cache.figures().content().maxBytes()).isEqualTo(all / 4);
        cache.limit(Long.MAX_VALUE / 4);
        for (int key = 0; key < 100; key++) {
            put(key, 10);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> cache.size() == 100);
        assertThat(cache.figures().content().maxBytes()).isNull();
    }

    @Test
    void livesCanBeShortenedForAWhile() {
        put(1, 1);

        cache.shorten(Duration.ofNanos(1));

        await().atMost(Duration.ofSeconds(30)).until(() -> cache.keys().isEmpty());
        cache.shorten(null);
        put(2, 1);
        assertThat(cache.keys()).containsExactly(2);
    }

    @Test
    void whatIsNotTrustedIsLoadedAndNotKept() {
        put(1, 1);

        int[] loaded = cache.get(false, 1, () -> Uni.createFrom().item(new int[] {7}))
                .await()
                .indefinitely();

        assertThat(loaded).containsExactly(7);
        assertThat(cache.held(1)).hasValueSatisfying(kept -> assertThat(kept).containsExactly(0));
        assertThat(cache.lookups()).isEqualTo(new CacheFigures.Lookups(1, 2));
        assertThat(cache.figures().loads().done()).isEqualTo(2);
    }
}
