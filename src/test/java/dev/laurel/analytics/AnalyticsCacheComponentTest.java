package dev.laurel.analytics;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static dev.laurel.testing.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.cache.Computed;
import dev.laurel.player.PlayerKey;
import dev.laurel.shared.Tenant;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.EmbeddedStores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.RunningStores;
import dev.laurel.testing.ScoreEvent;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** An answer is cached until what it depends on has changed, also if that happens while it is computed; no longer and no less. */
@QuarkusTest
class AnalyticsCacheComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** After this long without news of changes, what is cached serves only where PostgreSQL does not. */
    private static final Duration TRUST = Duration.ofSeconds(10);

    @TestHTTPResource
    URI service;

    @Inject
    AnalyticsCache cache;

    @Inject
    ActivityChanges changes;

    @Inject
    Boards boards;

    private final RunningStores stores = EmbeddedStores.current();
    private final BoardSpec board = aBoard("cached").allTime().build();
    private String ann;
    private String bob;
    private LaurelApi api;
    private Board known;

    @BeforeEach
    void begin() {
        api = new LaurelApi(service);
        api.putBoard(board).expect(201);
        known = OnEventLoop.await(() -> boards.get(board.id()));
        twoPlayers();
    }

    private void twoPlayers() {
        ann = "ann-" + UUID.randomUUID();
        bob = "bob-" + UUID.randomUUID();
    }

    @AfterEach
    void goOn() {
        stores.resumePostgres();
    }

    private String ask(String player, String computed) {
        return ask(player, () -> computed);
    }

    private String ask(String player, Supplier<String> computed) {
        Computed<String> found = OnEventLoop.await(
                () -> cache.<String>ofPlayer(known, player, List.of("question", player), () -> Uni.createFrom()
                        .item(computed)));
        return found.value();
    }

    /** What other tests have changed is heard of a moment later, and may drop what is cached: then once more, with others. */
    private void undisturbed(Runnable assertions) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            twoPlayers();
            assertions.run();
        });
    }

    @Test
    void whatIsComputedWhileAnEventIsCountedIsNotFoundAgain() {
        List<Runnable> outdating = List.of(
                () -> cache.counted(known.id(), new PlayerKey(Tenant.DEFAULT, ann)),
                cache::allCounted,
                () -> cache.changed(new PlayerKey(Tenant.DEFAULT, ann)),
                cache::rankedChanged);
        undisturbed(() -> outdating.forEach(change -> {
            twoPlayers();
            CompletableFuture<String> computing = new CompletableFuture<>();
            CompletionStage<Computed<String>> early = OnEventLoop.await(() -> Uni.createFrom()
                    .item(() -> cache.<String>ofPlayer(known, ann, List.of("question", ann), () -> Uni.createFrom()
                                    .completionStage(computing))
                            .subscribeAsCompletionStage()));

            change.run();
            computing.complete("before");

            assertThat(early.toCompletableFuture().join().value()).isEqualTo("before");
            assertThat(ask(ann, "after")).isEqualTo("after");
            assertThat(ask(ann, "never computed")).isEqualTo("after");
            change.run();
        }));
    }

    @Test
    void theEventOfAPlayerLeavesTheAnswersOfOthers() {
        undisturbed(() -> {
            AtomicReference<String> truth = new AtomicReference<>("first");
            assertThat(ask(ann, truth::get)).isEqualTo("first");

            truth.set("second");
            cache.counted(known.id(), new PlayerKey(Tenant.DEFAULT, bob));
            cache.changed(new PlayerKey(Tenant.DEFAULT, bob));
            assertThat(ask(ann, truth::get)).isEqualTo("first");

            cache.counted(known.id(), new PlayerKey(Tenant.DEFAULT, ann));
            assertThat(ask(ann, truth::get)).isEqualTo("second");
        });
    }

    @Test
    void whatWasReadFromTheCacheIsComputedAgainBeforeItIsAskedFor() {
        undisturbed(() -> {
            Deque<String> computed = new ConcurrentLinkedDeque<>();
            List<Supplier<String>> askers = Stream.of(ann, bob)
                    .<Supplier<String>>map(player -> () -> {
                        computed.add(player);
                        return player;
                    })
                    .toList();
            ask(ann, askers.get(0));
            ask(ann, askers.get(0));
            ask(bob, askers.get(1));
            assertThat(computed).containsExactly(ann, bob);

            // Only Ann's answer has been read from the cache.
            cache.counted(known.id(), new PlayerKey(Tenant.DEFAULT, bob));
            cache.counted(known.id(), new PlayerKey(Tenant.DEFAULT, ann));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(computed).containsExactly(ann, bob, ann));
            assertThat(ask(ann, "never computed")).isEqualTo(ann);
        });
    }

    @Test
    void whatIsCachedIsAnsweredWithoutPostgres() {
        api.submit(board.id(), ScoreEvent.of(ann, "5")).expect(200);
        await().atMost(PATIENCE).until(() -> events("summary") == 1);
        awaitNotices();
        String trend = path("trend");
        JsonNode before = api.get(path("summary")).expect(200).json();

        stores.pausePostgres();
        long since = System.nanoTime();
        assertThat(api.get(path("summary")).expect(200).json()).isEqualTo(before);
        assertProblem(api.get(trend), 503);
        await().atMost(PATIENCE)
                .until(() -> System.nanoTime() - since > TRUST.plusSeconds(1).toNanos());
        assertThat(api.get(path("summary")).expect(200).json()).isEqualTo(before);
        assertProblem(api.get(trend), 503);
        stores.resumePostgres();

        api.submit(board.id(), ScoreEvent.of(ann, "5")).expect(200);
        await().atMost(PATIENCE).until(() -> events("summary") == 2);
        api.get(trend).expect(200);
    }

    /** An event can be in the figures before this process hears of it and drops what it has cached: until nothing is dropped. */
    private void awaitNotices() {
        OnEventLoop.await(changes::look);
        AtomicReference<String> last = new AtomicReference<>();
        await().atMost(PATIENCE).during(Duration.ofMillis(1_500)).until(() -> {
            String cached = ask(ann, UUID.randomUUID().toString());
            return cached.equals(last.getAndSet(cached));
        });
    }

    private int events(String part) {
        return api.get(path(part)).expect(200).json().path("events").asInt();
    }

    private String path(String part) {
        return "/api/v1/players/" + ann + "/analytics/" + part + "?board=" + board.id();
    }
}
