package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.board.Boards;
import dev.laurel.platform.async.Contexts;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.standings.window.UnusedWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.write.Recounts;
import dev.laurel.standings.write.Recounts.Undo;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Undoes adjustments: what remains is what the ledger yields without them. */
@ApplicationScoped
public class Reversals {
    private final Boards boards;
    private final AdjustmentStore store;
    private final Recounts recounts;
    private final UnusedWindows unused;

    Reversals(Boards boards, AdjustmentStore store, Recounts recounts, UnusedWindows unused) {
        this.boards = boards;
        this.store = store;
        this.recounts = recounts;
        this.unused = unused;
    }

    /**
     * Undoes an adjustment as if it had never been made, in all its windows, open and closed: scores, instants, ties,
     * totals and archives are those of the other events. Adjustments may be undone in any order.
     *
     * <p>It takes some tenths of a second for each million events in the ledger, on all boards together.
     *
     * @return fails with {@link NotFound} when there is none, with {@link Conflict} when it has been undone, or was never
     *     applied, or a sum would leave the range of scores without it
     */
    public Uni<Undone> undo(Board board, long id, Decision decision) {
        return store.get(board, id)
                .invoke(Reversals::requireUndoable)
                // The board may have got periods of which this process has not heard.
                .chain(adjustment -> boards.refresh(board.fullName())
                        .chain(now -> Contexts.toTheEnd(takeBack(now, adjustment, decision))));
    }

    private static void requireUndoable(Adjustment adjustment) {
        if (adjustment.undoneAt() != null) {
            throw new Conflict("Adjustment " + adjustment.id() + " has been undone");
        }
        if (adjustment.appliedAt() == null) {
            throw new Conflict("Adjustment " + adjustment.id() + " has not been applied");
        }
    }

    private Uni<Undone> takeBack(Board board, Adjustment adjustment, Decision decision) {
        return recounts.undo(board, undo(adjustment, decision))
                .invoke(windows -> requireDone(windows, adjustment))
                .call(() -> unused.forget(board))
                .map(windows -> new Undone(
                        adjustment.id(),
                        windows.stream()
                                .filter(window -> adjustment.isFor(window.period()))
                                .map(WindowRef::id)
                                .toList()));
    }

    private static Undo undo(Adjustment adjustment, Decision decision) {
        return new Undo(
                adjustment.id(), adjustment.playerId(), adjustment.createdAt(), decision.reason(), decision.author());
    }

    private static void requireDone(List<WindowRef> windows, Adjustment adjustment) {
        if (windows.isEmpty()) {
            throw new Conflict("Adjustment " + adjustment.id() + " has just been undone");
        }
    }

    /** An adjustment that has been undone, and the windows it was removed from. */
    public record Undone(long id, List<String> windowIds) {}
}
