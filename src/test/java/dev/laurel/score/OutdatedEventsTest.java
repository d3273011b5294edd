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
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Events whose board or window changes on the way are prepared once more, and never overtaken. */
class OutdatedEventsTest {
    private static final Board BOARD =
            new Board(1, Tenant.DEFAULT, "board", 1, null, List.of(), null, Set.of(), null, null);
    private static final Board CHANGED =
            new Board(1, Tenant.DEFAULT, "board", 2, null, List.of(), null, Set.of(), null, null);

    private static final Supplier<Uni<ScoreWrite>> NEVER = () -> {
        throw new AssertionError("this event is not outdated");
    };

    private final LaneStore store = new LaneStore();
    private final ScoreLane lane = new ScoreLane((batch, times) -> store.commit(batch), 4, 6);

    @Test
    void anOutdatedBatchIsPreparedOnceMoreAndKeepsItsOrder() {
        submit(write(BOARD, "first"), NEVER);
        var waiting = List.of(renewable("a", CHANGED), renewable("b", CHANGED), renewable("a", CHANGED));
        var behind = renewable("behind", CHANGED);
        submit(write(CHANGED, "later"), NEVER);
        store.outdated =
                write -> write.board().revision() == 1 && !write.playerId().equals("first");

        store.answerAll();

        waiting.forEach(UniAssertSubscriber::assertCompleted);
        assertThat(waiting.get(0).getItem().write().board()).isEqualTo(CHANGED);
        behind.assertCompleted();
        assertThat(store.committed).containsExactly("first", "a", "b", "a", "behind", "later");
    }

    @Test
    void anOutdatedEventThatCannotBePreparedFailsAloneAndTheOthersKeepTheirOrder() {
        submit(write(BOARD, "first"), NEVER);
        var a = renewable("a", CHANGED);
        var closed = submit(write(BOARD, "closed"), () -> Uni.createFrom()
                .failure(new InvalidInput("occurredAt", "belongs to a closed window")));
        var broken = submit(write(BOARD, "broken"), () -> {
            throw new IllegalStateException("broken");
        });
        var b = renewable("b", CHANGED);
        store.outdated =
                write -> write.board().revision() == 1 && !write.playerId().equals("first");

        store.answerAll();

        a.assertCompleted();
        closed.assertFailedWith(InvalidInput.class);
        broken.assertFailedWith(IllegalStateException.class);
        b.assertCompleted();
        assertThat(store.committed).containsExactly("first", "a", "b");
    }

    @Test
    void outdatedEventsAndPoisonousOnesMayMeetInABatch() {
        submit(write(BOARD, "first"), NEVER);
        var waiting = List.of(renewable("a", CHANGED), renewable("bad", CHANGED), renewable("b", CHANGED));
        store.outdated =
                write -> write.board().revision() == 1 && write.playerId().length() == 1;
        store.refuses = write -> write.playerId().equals("bad");

        store.answerAll();

        waiting.get(0).assertCompleted();
        waiting.get(1).assertFailedWith(InvalidInput.class);
        waiting.get(2).assertCompleted();
        assertThat(store.committed).containsExactly("first", "a", "b");
    }

    @Test
    void aBatchThatIsAlwaysOutdatedIsGivenUpAndTheLaneGoesOn() {
        var event = renewable("a", BOARD);
        store.outdated = write -> write.playerId().equals("a");

        store.answerAll();
        event.assertFailedWith(Unavailable.class);
        assertThat(store.batches).hasSize(4);

        var next = submit(write(BOARD, "next"), NEVER);
        store.answer();
        next.assertCompleted();
    }

    private UniAssertSubscriber<Committed> renewable(String player, Board now) {
        return submit(write(BOARD, player), () -> Uni.createFrom().item(write(now, player)));
    }

    private UniAssertSubscriber<Committed> submit(ScoreWrite write, Supplier<Uni<ScoreWrite>> again) {
        return lane.submit(List.of(write), () -> again.get().map(List::of))
                .map(committed -> committed.get(0))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private static ScoreWrite write(Board board, String player) {
        return new ScoreWrite(
                board,
                player,
                1,
                List.of(),
                0,
                Effect.OPERATE,
                null,
                0,
                null,
                List.of(),
                Set.of(),
                null,
                Activity.NONE,
                Report.RANKS);
    }
}
