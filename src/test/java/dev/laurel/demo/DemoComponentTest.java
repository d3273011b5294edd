package dev.laurel.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.archive.Rollover;
import dev.laurel.board.Boards;
import dev.laurel.board.ChangeTerms;
import dev.laurel.score.BatchItem;
import dev.laurel.score.BatchScores;
import dev.laurel.score.Scores;
import dev.laurel.testing.LaurelApi;
import dev.laurel.testing.OnEventLoop;
import dev.laurel.testing.TestClock;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Context;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The demonstration fills its boards once, whatever interrupts it, goes on by the clock, and touches no other board. */
@QuarkusTest
class DemoComponentTest {
    private static final Duration A_TURN = Duration.ofSeconds(2);

    @TestHTTPResource
    URI service;

    @Inject
    DemoFilling filling;

    @Inject
    Boards boards;

    @Inject
    BatchScores batches;

    @Inject
    Scores scores;

    @Inject
    Scheduler scheduler;

    @Inject
    Rollover rollover;

    @Inject
    TestClock clock;

    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(1));
    private LaurelApi api;

    @BeforeEach
    void stopTheClock() {
        api = new LaurelApi(service);
        clock.stopAt(start);
    }

    @AfterEach
    void resetTheClock() {
        clock.reset();
    }

    @Test
    void everyBoardGetsItsPastAndASecondStartAddsNothing() {
        List<DemoBoard> small =
                DemoBoards.ALL.stream().map(DemoComponentTest::small).toList();

        run(demo(), small);
        List<JsonNode> first = small.stream().map(this::standings).toList();
        run(demo(), small);

        assertThat(small.stream().map(this::standings).toList()).isEqualTo(first);
        for (DemoBoard board : small) {
            List<String> players = board.past(start).stream()
                    .map(event -> event.playerId())
                    .distinct()
                    .toList();
            assertThat(standings(board).findValuesAsText("playerId")).containsExactlyInAnyOrderElementsOf(players);
            assertThat(definition(board).path("title").asText())
                    .isEqualTo(board.definition().title());
        }
    }

    @Test
    void whatIsOverIsClosedAndTheSeasonRuns() {
        DemoBoard arena = small(DemoBoards.ARENA);

        run(demo(), List.of(arena));
        OnEventLoop.await(rollover::closeDue);

        JsonNode days = api.get("/api/v1/boards/" + arena.id() + "/windows?period=daily")
                .expect(200)
                .json();
        assertThat(days.findValuesAsText("state")).contains("CLOSED", "OPEN");
        String season = api.get("/api/v1/boards/" + arena.id() + "/seasons/active")
                .expect(200)
                .json()
                .path("id")
                .asText();
        JsonNode ranking = api.get("/api/v1/boards/" + arena.id() + "/rankings/season")
                .expect(200)
                .json();
        assertThat(ranking.at("/window/id").asText()).isEqualTo(season);
    }

    @Test
    void aFillingThatWasInterruptedIsFinished() {
        DemoBoard whole = small(DemoBoards.FOCUS);
        DemoBoard broken = new DemoBoard(
                whole.id() + "-b", whole.definition(), whole.days(), whole.daily(), whole.share(), whole.play());
        OnEventLoop.await(() -> boards.put(broken.id(), broken.beingFilled(), ChangeTerms.CAREFUL));
        List<BatchItem> half =
                broken.past(start).stream().limit(17).map(BatchItem::of).toList();
        OnEventLoop.await(() -> batches.submit(broken.id(), half));

        run(demo(), List.of(broken));

        long total = broken.past(start).stream()
                .mapToLong(event -> Long.parseLong(event.score()))
                .sum();
        assertThat(sum(standings(broken))).isEqualTo(total);
    }

    @Test
    void aBoardOfSomebodyElseIsLeftAlone() {
        DemoBoard focus = small(DemoBoards.FOCUS);
        api.putBoard(focus.id(), "{\"title\":\"Mine\"}").expect(201);
        JsonNode before = definition(focus);
        Demo demo = demo();

        run(demo, List.of(focus));
        run(demo, List.of(focus));

        assertThat(definition(focus)).isEqualTo(before);
        assertThat(standings(focus)).isEmpty();
    }

    @Test
    void eachTurnOfTheClockHasOneEventAlsoWithTwoReplicas() {
        DemoBoard focus = small(DemoBoards.FOCUS);
        Demo one = demo();
        Demo other = demo();
        run(one, List.of(focus));
        run(other, List.of(focus));
        long before = sum(standings(focus));

        for (int turn = 1; turn <= 5; turn++) {
            clock.stopAt(start.plus(A_TURN.multipliedBy(turn)));
            run(one, List.of(focus));
            long after = sum(standings(focus));
            assertThat(after).isBetween(before + 1, before + 8);
            run(other, List.of(focus));
            assertThat(sum(standings(focus))).isEqualTo(after);
            before = after;
        }
    }

    @Test
    void noEventLoopComputesThePast() {
        DemoBoard focus = small(DemoBoards.FOCUS);
        Queue<Boolean> onLoop = new ConcurrentLinkedQueue<>();
        DemoBoard observed = new DemoBoard(
                focus.id(), focus.definition(), focus.days(), focus.daily(), focus.share(), (luck, player, at) -> {
                    onLoop.add(Context.isOnEventLoopThread());
                    return focus.play().submit(luck, player, at);
                });

        run(demo(), List.of(observed));
        clock.stopAt(start.plus(A_TURN));
        run(demo(), List.of(observed));

        assertThat(onLoop).hasSizeGreaterThan(20).containsOnly(false);
    }

    @Test
    void aBoardThatIsDeletedMeanwhileEndsNothing() {
        DemoBoard focus = small(DemoBoards.FOCUS);
        Demo demo = demo();
        run(demo, List.of(focus));
        api.deleteBoard(focus.id()).expect(204);

        run(demo, List.of(focus));

        api.board(focus.id()).expect(404);
    }

    /** As a process that has just started. */
    private Demo demo() {
        return new Demo(true, filling, scores, scheduler, clock);
    }

    private static void run(Demo demo, List<DemoBoard> boards) {
        OnEventLoop.await(() -> demo.step(boards));
    }

    /** The same game on a board of its own with a past of four days. */
    private static DemoBoard small(DemoBoard board) {
        return new DemoBoard("demo-" + UUID.randomUUID(), board.definition(), 4, 12, board.share(), board.play());
    }

    private JsonNode standings(DemoBoard board) {
        return api.get("/api/v1/boards/" + board.id() + "/rankings/all_time?limit=1000")
                .expect(200)
                .json()
                .path("entries");
    }

    private static long sum(JsonNode entries) {
        return entries.findValues("score").stream().mapToLong(JsonNode::asLong).sum();
    }

    private JsonNode definition(DemoBoard board) {
        return api.board(board.id()).expect(200).json();
    }
}
