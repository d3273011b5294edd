package dev.laurel.correction;

import static dev.laurel.correction.Adjustments.adds;

import dev.laurel.board.Board;
import dev.laurel.correction.CorrectionEvents.CorrectionEvent;
import dev.laurel.correction.Restoration.Restored;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.standings.ScoreWrite.Effect;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.List;

/** Adjustments that are taken back. */
@ApplicationScoped
public class Reversals {
    private static final String UNDO = "#undo-";

    private final CorrectionEvents events;
    private final AdjustmentStore store;
    private final Restoration restoration;
    private final Clock clock;

    Reversals(CorrectionEvents events, AdjustmentStore store, Restoration restoration, Clock clock) {
        this.events = events;
        this.store = store;
        this.restoration = restoration;
        this.clock = clock;
    }

    /**
     * Takes an adjustment back, in those of its windows that are still open. Where scores are not added up, what has been
     * submitted since counts as if the adjustment had not been.
     *
     * @return fails with {@link NotFound} when there is none, with {@link Conflict} when it has been undone, all its windows
     *     have been closed, or, where scores are not added up, the player has been adjusted again since
     */
    public Uni<Undone> undo(Board board, long id, Decision decision) {
        return store.get(board, id)
                .invoke(Reversals::requireUndoable)
                .call(adjustment -> adds(board) ? Uni.createFrom().voidItem() : store.requireLast(board, adjustment))
                .chain(adjustment -> events.open(board, adjustment)
                        .invoke(open -> requireSome(open, id))
                        .chain(open -> store.undone(board, adjustment, decision).chain(() -> takeBackOrRestore(
                                        board, adjustment, open, decision)
                                .onFailure()
                                .call(() -> store.notUndone(id).onFailure().recoverWithNull()))))
                .map(windowIds -> new Undone(id, windowIds));
    }

    private static void requireUndoable(Adjustment adjustment) {
        if (adjustment.undoneAt() != null) {
            throw new Conflict("Adjustment " + adjustment.id() + " has been undone");
        }
        if (adjustment.appliedAt() == null) {
            throw new Conflict("Adjustment " + adjustment.id() + " has not been applied");
        }
    }

    private static void requireSome(List<TouchedWindow> open, long id) {
        if (open.isEmpty()) {
            throw new Conflict("The windows of adjustment " + id + " have been closed");
        }
    }

    private Uni<List<String>> takeBackOrRestore(
            Board board, Adjustment adjustment, List<TouchedWindow> open, Decision decision) {
        return adds(board) ? takeBack(board, adjustment, open, decision) : restore(board, adjustment, open, decision);
    }

    private Uni<List<String>> takeBack(
            Board board, Adjustment adjustment, List<TouchedWindow> open, Decision decision) {
        List<Long> negative = adjustment.scores().stream().map(score -> -score).toList();
        CorrectionEvent event = new CorrectionEvent(UNDO + adjustment.id(), adjustment.playerId(), Effect.OPERATE);
        return events.write(board, event, ReachedScores.at(clock.instant(), negative), decision, open)
                .replaceWith(TouchedWindow.ids(open));
    }

    private Uni<List<String>> restore(Board board, Adjustment adjustment, List<TouchedWindow> open, Decision decision) {
        return restoration.of(board, adjustment, open).chain(all -> Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(one -> events.write(
                        board, restoring(adjustment, one.window()), one.scores(), decision, List.of(one.window())))
                .collect()
                .last()
                .replaceWith(
                        TouchedWindow.ids(all.stream().map(Restored::window).toList())));
    }

    private static CorrectionEvent restoring(Adjustment adjustment, TouchedWindow touched) {
        String id = UNDO + adjustment.id() + "-" + touched.period().path();
        return new CorrectionEvent(id, adjustment.playerId(), Effect.RESTORE);
    }

    /** An adjustment that has been taken back, and in which windows. */
    public record Undone(long id, List<String> windowIds) {}
}
