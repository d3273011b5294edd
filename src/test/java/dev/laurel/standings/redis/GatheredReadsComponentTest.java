package dev.laurel.standings.redis;

import static dev.laurel.testing.BoardBuilder.aBoard;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laurel.board.Boards;
import dev.laurel.platform.meters.Meters;
import dev.laurel.shared.Period;
import dev.laurel.standings.postgres.PostgresRankings;
import dev.laurel.standings.rank.Place;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.Ranks;
import dev.laurel.standings.rank.Selection;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.ScoreEvent;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Questions about players that come in one turn of an event loop: one call to Redis, and the same answers as one by one. */
@QuarkusTest
class GatheredReadsComponentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PLAYERS = 25;

    @TestHTTPResource
    URI service;

    @Inject
    Boards boards;

    @Inject
    WindowRegistry windows;

    @Inject
    RedisRankings redis;

    @Inject
    PostgresRankings postgres;

    @Inject
    MeterRegistry meters;

    @Inject
    Vertx vertx;

    private final Random random = new Random();
    private LaurelApi api;

    /** A question that any source answers, in a form in which the answers of all sources are equal. */
    private record Asked(String name, RankingRef ranking, Function<RankingSource, Uni<Object>> question) {}

    @BeforeEach
    void connect() {
        api = new LaurelApi(service);
    }

    @Test
    void answersGatheredAreThoseOfEachQuestionByItself() {
        long seed = random.nextLong();
        random.setSeed(seed);
        List<RankingRef> rankings = List.of(
                aRanking("COMPETITION", "EARLIEST", "DESC"),
                aRanking("DENSE", "NONE", "ASC"),
                aRanking("ORDINAL", "LATEST", "DESC"));

        for (int round = 0; round < 4; round++) {
            List<Asked> asked = IntStream.range(0, 90)
                    .mapToObj(number -> anyQuestion(rankings.get(random.nextInt(rankings.size()))))
                    .toList();
            List<Object> together = OnEventLoop.await(() -> Uni.join()
                    .all(asked.stream().map(one -> one.question().apply(redis)).toList())
                    .andFailFast());
            for (int i = 0; i < asked.size(); i++) {
                Asked one = asked.get(i);
                assertThat(together.get(i))
                        .as("seed %s, %s", seed, one.name())
                        .isEqualTo(OnEventLoop.await(() -> one.question().apply(redis)));
                if (i % 6 == round) {
                    assertThat(together.get(i))
                            .as("seed %s, %s in PostgreSQL", seed, one.name())
                            .isEqualTo(OnEventLoop.await(() -> one.question().apply(postgres)));
                }
            }
        }
    }

    @Test
    void placesInSeveralWindowsAreThoseOfEachPlayerByItself() {
        BoardSpec board = filled(aBoard("gathered-places").rankMode("DENSE").build());
        List<RankingRef> rankings =
                List.of(loaded(board, Period.DAILY), loaded(board, Period.MONTHLY), loaded(board, Period.ALL_TIME));
        List<String> players = List.of("p3", "nobody", "p0", "p17", "p3");

        List<List<Place>> together = OnEventLoop.await(() -> Uni.join()
                .all(players.stream()
                        .map(player -> redis.places(rankings, player))
                        .toList())
                .andFailFast());

        for (int i = 0; i < players.size(); i++) {
            String player = players.get(i);
            assertThat(together.get(i)).isEqualTo(OnEventLoop.await(() -> redis.places(rankings, player)));
            for (int w = 0; w < rankings.size(); w++) {
                RankingRef ranking = rankings.get(w);
                assertThat(together.get(i).get(w)).isEqualTo(OnEventLoop.await(() -> redis.around(ranking, player, 0)));
            }
        }
    }

    @Test
    void oneTurnOfAnEventLoopIsOneCall() {
        RankingRef ranking = aRanking("COMPETITION", "EARLIEST", "DESC");
        double questions = meters.counter(Meters.REDIS_QUESTIONS).count();
        long calls = calls();

        OnEventLoop.awaitAll(60, () -> redis.around(ranking, "p" + random.nextInt(PLAYERS), 2));

        // Others may ask, too, each with a call of its own.
        double asked = meters.counter(Meters.REDIS_QUESTIONS).count() - questions;
        assertThat(asked).isGreaterThanOrEqualTo(60);
        assertThat(calls() - calls).isLessThanOrEqualTo((long) asked - 59);
    }

    @Test
    void eachAnswerComesInTheContextOfItsRequest() {
        RankingRef ranking = aRanking("COMPETITION", "EARLIEST", "DESC");
        Context loop = vertx.getOrCreateContext();
        Map<Integer, Context> answered = new ConcurrentHashMap<>();
        Map<Integer, Context> asking = new ConcurrentHashMap<>();
        CompletableFuture<Void> all = new CompletableFuture<>();

        loop.runOnContext(ignored -> IntStream.range(0, 10).forEach(number -> {
            Context request = VertxContext.createNewDuplicatedContext(loop);
            asking.put(number, request);
            request.runOnContext(begun -> redis.around(ranking, "p" + number, 0)
                    .subscribe()
                    .with(
                            place -> {
                                answered.put(number, Vertx.currentContext());
                                if (answered.size() == 10) {
                                    all.complete(null);
                                }
                            },
                            all::completeExceptionally));
        }));

        assertThat(all).succeedsWithin(PATIENCE);
        assertThat(answered).isEqualTo(asking);
    }

    private Asked anyQuestion(RankingRef ranking) {
        if (random.nextInt(3) > 0) {
            String player = anyPlayer();
            int radius = random.nextBoolean() ? random.nextInt(4) : random.nextInt(2 * PLAYERS);
            return new Asked(
                    "around " + player + " by " + radius, ranking, source -> source.around(ranking, player, radius)
                            .map(place -> shown(ranking, place)));
        }
        List<String> players = IntStream.range(0, random.nextInt(12))
                .mapToObj(number -> anyPlayer())
                .distinct()
                .toList();
        return new Asked("lookup of " + players, ranking, source -> source.select(ranking, players)
                .map(found -> shown(ranking, found)));
    }

    private String anyPlayer() {
        return random.nextInt(8) == 0 ? "nobody" + random.nextInt(9) : "p" + random.nextInt(PLAYERS);
    }

    /** Sources differ in what they say of different scores where ranks are not dense, which nobody reads. */
    private static Object shown(RankingRef ranking, Place place) {
        return List.of(
                place.around().total(),
                place.position(),
                place.better(),
                place.equal(),
                Ranks.of(ranking.board().definition().rankMode(), place.around()));
    }

    private static Object shown(RankingRef ranking, Selection found) {
        return List.of(
                found.total(),
                found.placed().stream()
                        .map(placed -> Ranks.of(ranking.board().definition().rankMode(), placed))
                        .sorted(Comparator.comparingLong(one -> one.position()))
                        .toList());
    }

    private RankingRef aRanking(String rankMode, String tieBreak, String order) {
        BoardSpec board = aBoard("gathered")
                .allTime()
                .rankMode(rankMode)
                .tieBreak(tieBreak)
                .order(order)
                .build();
        return loaded(filled(board), Period.ALL_TIME);
    }

    /** With scores that several players have. */
    private BoardSpec filled(BoardSpec board) {
        api.putBoard(board).expect(201);
        List<ScoreEvent> events = new ArrayList<>();
        for (int i = 0; i < PLAYERS; i++) {
            events.add(ScoreEvent.of("p" + i, Integer.toString(1 + random.nextInt(9))));
        }
        api.submitAll(board.id(), events).expect(200);
        return board;
    }

    /** The ranking, once Redis has it. */
    private RankingRef loaded(BoardSpec board, Period period) {
        RankingRef ranking = OnEventLoop.await(() -> boards.get(board.id())
                .chain(found -> windows.current(found, period))
                .map(window -> window.by(0)));
        await().atMost(PATIENCE).ignoreExceptionsInstanceOf(NotLoaded.class).until(() -> OnEventLoop.await(
                        () -> redis.around(ranking, "p0", 0))
                .ranked());
        return ranking;
    }

    private long calls() {
        return List.of("around", "lookup", "places", "holdings").stream()
                .map(script -> meters.find(Meters.REDIS_CALLS)
                        .tag("script", "standings/" + script)
                        .timer())
                .mapToLong(timer -> timer == null ? 0 : timer.count())
                .sum();
    }
}
