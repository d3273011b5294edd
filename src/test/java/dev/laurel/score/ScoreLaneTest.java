package dev.laurel.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.board.Board;
import dev.laurel.shared.Activity;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Tenant;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.ScoreWrite.Effect;
import dev.laurel.standings.write.ScoreWrite.Report;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Events gather into batches by themselves, keep their order, and fail only for their own faults. */
class ScoreLaneTest {
    private static final Board BOARD =
            new Board(1, Tenant.DEFAULT, "board", 1, null, List.of(), null, Set.of(), null, null);
    private static final Board OTHER =
            new Board(2, Tenant.DEFAULT, "other", 1, null, List.of(), null, Set.of(), null, null);

    private static final Supplier<Uni<ScoreWrite>> NEVER = () -> {
        throw new AssertionError("nothing is outdated here");
    };

    private final LaneStore store = new LaneStore();
    private ScoreLane lane = new ScoreLane((batch, times) -> store.commit(batch), 4, 6);

    @Test
    void aLoneEventDoesNotWait() {
        var ann = submit("ann");

        assertThat(store.batches).containsExactly(List.of("ann"));
        ann.assertNotTerminated();
        store.answer();
        ann.assertCompleted();
    }

    @Test
    void whatGathersWhileABatchIsOnItsWayIsTheNextBatch() {
        submit("a");
        submit("b");
        submit("c");
        assertThat(store.batches).containsExactly(List.of("a"));

        store.answer();

        assertThat(store.batches).containsExactly(List.of("a"), List.of("b", "c"));
        store.answer();
        submit("d");
        assertThat(store.batches).hasSize(3);
    }

    @Test
    void aBatchIsBoundedAndTheOrderKept() {
        IntStream.rangeClosed(0, 6).forEach(number -> submit("p" + number));

        store.answerAll();

        assertThat(store.batches).containsExactly(List.of("p0"), List.of("p1", "p2", "p3", "p4"), List.of("p5", "p6"));
    }

    @Test
    @DisplayName("trap 24: a full lane refuses with a clear answer and takes events again once there is room")
    void aFullLaneRefuses() {
        submit("first");
        IntStream.range(0, 6).forEach(number -> submit("p" + number));

        submit("too-many").assertFailedWith(Unavailable.class);

        store.answerAll();
        var later = submit("later");
        store.answer();
        later.assertCompleted();
        assertThat(store.batches.toString()).doesNotContain("too-many");
    }

    @Test
    void onlyThePoisonousEventFails() {
        submit("first");
        var waiting = List.of(submit("a"), submit("b"), submit("bad"), submit("c"));
        store.refuses = write -> write.playerId().equals("bad");

        store.answerAll();

        waiting.get(0).assertCompleted();
        waiting.get(1).assertCompleted();
        waiting.get(2).assertFailedWith(InvalidInput.class);
        waiting.get(3).assertCompleted();
        assertThat(store.committed).containsExactly("first", "a", "b", "c");
    }

    @Test
    void everyEventOfABatchMayBePoisonous() {
        submit("first");
        var waiting = List.of(submit("a"), submit("b"), submit("c"));
        store.refuses = write -> true;

        store.answerAll();

        waiting.forEach(one -> one.assertFailedWith(InvalidInput.class));
        assertThat(store.onTheWay).isEmpty();
    }

    @Test
    @DisplayName("trap 19: a retry under the same event id waits for the first, to be told of it")
    void theSameEventIdIsNotTwiceInABatch() {
        submit("first");
        submit(BOARD, "a", "game-1");
        submit(OTHER, "a", "game-1");
        submit(BOARD, "b", null);
        submit(BOARD, "a", "game-1");
        submit(BOARD, "c", null);

        store.answerAll();

        assertThat(store.batches).containsExactly(List.of("first"), List.of("a", "a", "b", "c"), List.of("a"));
    }

    /** Otherwise one client that repeats an id would have each event of all others wait for a commit of its own. */
    @Test
    void othersGoPastEventsThatWaitForTheSameId() {
        submit("first");
        IntStream.range(0, 4).forEach(number -> submit(BOARD, "same" + number, "game-1"));
        submit("a");
        submit("b");

        store.answerAll();

        assertThat(store.batches)
                .containsExactly(
                        List.of("first"),
                        List.of("same0", "a", "b"),
                        List.of("same1"),
                        List.of("same2"),
                        List.of("same3"));
    }

    @Test
    void aPlayersEventsStayInOrderWhenOneOfThemWaits() {
        lane = new ScoreLane((batch, times) -> store.commit(batch), 4, 20);
        submit("first");
        submit(BOARD, "a", "game-1");
        submit(BOARD, "b", "game-1");
        submit(BOARD, "b", "game-2");
        submit(OTHER, "b", null);
        submit(BOARD, "c", "game-2");
        submit(BOARD, "c", null);

        store.answerAll();

        assertThat(store.batches)
                .containsExactly(List.of("first"), List.of("a", "b"), List.of("b", "b"), List.of("c", "c"));
    }

    @Test
    void eventsSubmittedTogetherAreNeverDivided() {
        lane = new ScoreLane((batch, times) -> store.commit(batch), 4, 20);
        submit("first");
        submit("a");
        var pair = submitTogether("b", "c");
        var trio = submitTogether("d", "e", "f");
        submit("g");
        store.refuses = write -> write.playerId().equals("e");

        store.answerAll();

        pair.assertCompleted();
        assertThat(pair.getItem())
                .extracting(committed -> committed.write().playerId())
                .containsExactly("b", "c");
        trio.assertFailedWith(InvalidInput.class);
        assertThat(store.batches.subList(0, 3))
                .containsExactly(List.of("first"), List.of("a", "b", "c"), List.of("d", "e", "f", "g"));
        assertThat(store.committed).containsExactly("first", "a", "b", "c", "g");
    }

    @Test
    void moreEventsTogetherThanABatchHoldsAreABatchOfTheirOwn() {
        lane = new ScoreLane((batch, times) -> store.commit(batch), 4, 20);
        submit("first");
        submit("a");
        var many = submitTogether("b", "c", "d", "e", "f");
        submit("g");

        store.answerAll();

        many.assertCompleted();
        assertThat(store.batches)
                .containsExactly(List.of("first"), List.of("a"), List.of("b", "c", "d", "e", "f"), List.of("g"));
    }

    @Test
    @DisplayName("the bound of a lane counts events, however many are submitted together")
    void aFullLaneRefusesEventsTogether() {
        submit("first");
        submitTogether("a", "b", "c", "d");

        submitTogether("e", "f", "g").assertFailedWith(Unavailable.class);

        assertThat(lane.waiting()).isEqualTo(4);
        store.answerAll();
        assertThat(lane.waiting()).isZero();
    }

    @Test
    void aStoreThatIsAwayFailsTheBatchAtOnceAndTheLaneGoesOn() {
        var first = submit("first");
        var waiting = List.of(submit("a"), submit("b"));
        store.fail(Unavailable.store("PostgreSQL", null));
        first.assertFailedWith(Unavailable.class);
        store.fail(Unavailable.store("PostgreSQL", null));
        waiting.forEach(one -> one.assertFailedWith(Unavailable.class));

        var next = submit("next");
        store.answer();

        next.assertCompleted();
        // Neither was tried again in halves: it would have failed again, after another deadline each.
        assertThat(store.batches).containsExactly(List.of("first"), List.of("a", "b"), List.of("next"));
    }

    @Test
    void aStoreThatThrowsDoesNotBlockTheLane() {
        var thrown = new ScoreLane(
                (batch, times) -> {
                    throw new IllegalStateException("broken");
                },
                4,
                6);

        for (int i = 0; i < 10; i++) {
            thrown.submit(List.of(write(BOARD, "p" + i, null)), () -> NEVER.get()
                            .map(List::of))
                    .subscribe()
                    .withSubscriber(UniAssertSubscriber.create())
                    .assertFailedWith(IllegalStateException.class);
        }
    }

    private UniAssertSubscriber<List<Committed>> submitTogether(String... players) {
        return lane.submit(
                        Stream.of(players)
                                .map(player -> write(BOARD, player, null))
                                .toList(),
                        () -> Uni.createFrom().nothing())
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private UniAssertSubscriber<Committed> submit(String player) {
        return submit(BOARD, player, null);
    }

    private UniAssertSubscriber<Committed> submit(Board board, String player, String eventId) {
        return submit(write(board, player, eventId), NEVER);
    }

    private UniAssertSubscriber<Committed> submit(ScoreWrite write, Supplier<Uni<ScoreWrite>> again) {
        return lane.submit(List.of(write), () -> again.get().map(List::of))
                .map(committed -> committed.get(0))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private static ScoreWrite write(Board board, String player, String eventId) {
        return new ScoreWrite(
                board,
                player,
                1,
                List.of(),
                0,
                Effect.OPERATE,
                eventId,
                0,
                null,
                List.of(),
                Set.of(),
                null,
                Activity.NONE,
                Report.RANKS);
    }
}
