package dev.laurel.cache.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.cache.CacheConfig;
import dev.laurel.cache.Computed;
import dev.laurel.cache.registry.CacheFigures.Lookups;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.cache.registry.KeyFilter;
import dev.laurel.platform.redis.RedisConfig;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.shared.Tenant;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Two processes that share what they cache, and the Redis between them. */
@QuarkusTest
class TwoLevelCacheComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int READERS = 1_000;
    private static final String LONG = "x".repeat(5_000);

    @Inject
    RedisLinks links;

    @Inject
    RedisConfig redisConfig;

    @Inject
    RedisDataSource redis;

    private final String name = "test-" + UUID.randomUUID();
    private final AtomicInteger loads = new AtomicInteger();
    private SharedLevel level;
    private Process one;
    private Process other;

    /** A process' part of a cache. */
    private final class Process {
        private final Caches caches = Caches.of(new SimpleMeterRegistry());
        private final TwoLevelCache cache = TwoLevelCache.byKey(
                CacheKind.of(name, Duration.ofMinutes(5), 100).byPlayer(), 1_000, caches, level);

        CompletableFuture<String> read(Key key, Supplier<Uni<String>> loader) {
            return cache.get(true, key, loader)
                    .map(TwoLevelCacheComponentTest::body)
                    .subscribeAsCompletionStage();
        }

        String read(Key key, String loaded) {
            return read(key, () -> load(loaded)).join();
        }

        Lookups lookups() {
            return caches.get(name).lookups();
        }
    }

    private Uni<String> load(String value) {
        loads.incrementAndGet();
        return Uni.createFrom().item(value);
    }

    private static String body(Computed<String> found) {
        return new String(found.as(value -> value.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private record Key(String subject, String view) implements SharedKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.ofPlayer(Tenant.DEFAULT, "test", subject, view);
        }
    }

    private final Key key = new Key("a{d}a-" + UUID.randomUUID(), "summary 1");

    /** Nobody waits in vain for a load of a test, however slow the machine is. */
    @BeforeEach
    void twoProcesses() {
        twoProcesses("10M");
    }

    private void twoProcesses(String lease) {
        CacheConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(CacheConfig.class)
                .withDefaultValue("laurel.cache.load-lease", lease)
                .build()
                .getConfigMapping(CacheConfig.class);
        level = new SharedLevel(links, redisConfig, config, "a test");
        one = new Process();
        other = new Process();
    }

    /** What is stored arrives in Redis after the answer. */
    private void awaitShared(Key shared) {
        String expected = one.read(shared, "unused");
        await().atMost(PATIENCE)
                .until(() -> new Process().read(shared, "not shared yet").equals(expected));
    }

    @Test
    void whatOneHasLoadedTheOtherFinds() {
        assertThat(one.read(key, LONG)).isEqualTo(LONG);
        awaitShared(key);

        assertThat(other.read(key, "another")).isEqualTo(LONG);
        assertThat(other.read(key, "another")).isEqualTo(LONG);

        assertThat(loads).hasValue(1);
        assertThat(other.lookups()).isEqualTo(new Lookups(1, 1, 1));
        assertThat(other.caches.get(name).figures().withoutPostgres()).isEqualTo(1.0);
        String stored = "laurel:cache:{" + key.subject.replace("{", "%7B").replace("}", "%7D") + "}";
        assertThat(redis.key().pttl(stored))
                .isBetween(1L, Duration.ofMinutes(16).toMillis());
        assertThat(redis.hash(String.class).hgetall(stored).values()).anyMatch(text -> text.startsWith("z"));
    }

    @Test
    void manyReadersOfOneColdValueCauseOneLoad() {
        CompletableFuture<String> load = new CompletableFuture<>();
        Supplier<Uni<String>> slow = () -> {
            loads.incrementAndGet();
            return Uni.createFrom().completionStage(load);
        };
        List<CompletableFuture<String>> readers = new CopyOnWriteArrayList<>();

        for (int reader = 0; reader < READERS; reader++) {
            readers.add(one.read(key, slow));
            readers.add(other.read(key, slow));
        }
        await().atMost(PATIENCE).until(() -> loads.get() > 0);
        load.complete(LONG);

        assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isEqualTo(LONG));
        assertThat(loads).hasValue(1);
    }

    @Test
    void whatWasBeingLoadedWhenItsSubjectChangedIsNotShared() {
        CompletableFuture<String> old = new CompletableFuture<>();
        AtomicInteger begun = new AtomicInteger();
        CompletableFuture<String> reader = one.read(key, () -> {
            begun.incrementAndGet();
            return Uni.createFrom().completionStage(old);
        });
        await().atMost(PATIENCE).until(() -> begun.get() == 1);

        other.cache.invalidate(key.subject);
        await().atMost(PATIENCE)
                .until(() ->
                        other.read(new Key(key.subject, "another view"), "new").equals("new")
                                && redis.key().exists(stored()));
        old.complete("old");

        assertThat(reader.join()).isEqualTo("old");
        assertThat(new Process().read(key, "new")).isEqualTo("new");
        awaitNew();
    }

    private String stored() {
        return "laurel:cache:{" + key.subject.replace("{", "%7B").replace("}", "%7D") + "}";
    }

    private void awaitNew() {
        await().atMost(PATIENCE).until(() -> new Process().read(key, "newer").equals("new"));
        assertThat(redis.hash(String.class).hgetall(stored()).values()).noneMatch(text -> text.equals("jold"));
    }

    @Test
    void anInvalidatedSubjectIsLoadedAgainAndNoOther() {
        Key neighbour = new Key(key.subject + "2", "summary 1");
        one.read(key, "old");
        one.read(neighbour, "kept");
        awaitShared(key);
        awaitShared(neighbour);

        other.cache.invalidate(key.subject);

        assertThat(new Process().read(neighbour, "new")).isEqualTo("kept");
        await().atMost(PATIENCE).until(() -> new Process().read(key, "new").equals("new"));
    }

    @Test
    void droppingByAnOperatorReachesWhatIsShared() {
        one.read(key, "old");
        awaitShared(key);

        one.caches.get(name).drop(KeyFilter.ALL);

        await().atMost(PATIENCE).until(() -> new Process().read(key, "new").equals("new"));
        assertThat(one.read(key, "newer")).isIn("new", "newer");
    }

    @Test
    void aLoadThatFailsLeavesItToTheNext() {
        CompletableFuture<String> failed =
                one.read(key, () -> Uni.createFrom().failure(new IllegalStateException("no")));

        assertThat(failed).failsWithin(Duration.ofSeconds(30));
        assertThat(other.read(key, "loaded")).isEqualTo("loaded");
    }

    @Test
    void aProcessThatDiesWhileItLoadsDelaysOthersByTheLease() {
        twoProcesses("300ms");
        AtomicInteger begun = new AtomicInteger();
        one.read(key, () -> {
            begun.incrementAndGet();
            return Uni.createFrom().nothing();
        });
        await().atMost(PATIENCE).until(() -> begun.get() == 1);

        CompletableFuture<String> waiting = other.read(key, () -> load("loaded"));

        await().atMost(Duration.ofSeconds(60)).until(waiting::isDone);
        assertThat(waiting.join()).isEqualTo("loaded");
        assertThat(loads).hasValue(1);
    }
}
