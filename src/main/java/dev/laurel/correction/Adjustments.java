package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.board.Operator;
import dev.laurel.correction.AdjustmentStore.Adjustment;
import dev.laurel.correction.AdjustmentStore.TouchedWindow;
import dev.laurel.correction.Restoration.Restored;
import dev.laurel.score.Receipt;
import dev.laurel.score.Scores;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Period;
import dev.laurel.standings.ScoreWrite;
import dev.laurel.standings.ScoreWrite.Effect;
import dev.laurel.standings.WindowRef;
import dev.laurel.standings.WindowRegistry;
import dev.laurel.standings.WindowState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Corrections of scores by hand. Each is an event in the ledger like any other, with its reason and author, and bound by
 * none of the rules for submissions. Where scores are added up it is added; otherwise it takes the place of the standing.
 */
@ApplicationScoped
public class Adjustments {
    /** No client can choose such an event id. */
    static final String ADJUST = "#adjust-";

    private static final String UNDO = "#undo-";

    private final WindowRegistry windows;
    private final Scores scores;
    private final AdjustmentStore store;
    private final Restoration restoration;
    private final Clock clock;

    Adjustments(WindowRegistry windows, Scores scores, AdjustmentStore store, Restoration restoration, Clock clock) {
        this.windows = windows;
        this.scores = scores;
        this.store = store;
        this.restoration = restoration;
        this.clock = clock;
    }

    /**
     * Adjusts a player's scores in current windows.
     *
     * @param values in units, for each metric of the board
     * @param periods whose current windows it goes to; all of the board when empty
     * @return fails with {@link Conflict} where scores are not added up and the player has no standing to be replaced
     */
    public Uni<Adjusted> adjust(
            Board board, String playerId, List<Long> values, Set<Period> periods, Decision decision) {
        Ids.require("playerId", playerId);
        for (Period period : periods) {
            if (!board.definition().periods().contains(period) || period.isRolling()) {
                throw new InvalidInput("periods", "must be periods of the board, and none that is made of days");
            }
        }
        long now = clock.millis();
        return windows.openAt(board, clock.instant())
                .map(open -> open.stream()
                        .filter(window -> periods.isEmpty() || periods.contains(window.period()))
                        .toList())
                .chain(chosen -> restoration.before(chosen, playerId))
                .map(touched -> adds(board) ? touched : withStanding(touched))
                .invoke(touched -> requireSome(touched, "Player " + playerId + " has no standing there to be replaced"))
                .chain(touched -> store.create(board, playerId, values, touched, decision)
                        .chain(id -> write(
                                        board,
                                        playerId,
                                        new Restored(values, List.of(now)),
                                        adds(board) ? Effect.OPERATE : Effect.REPLACE,
                                        ADJUST + id,
                                        decision,
                                        touched)
                                .call(receipt -> store.applied(id))
                                .map(receipt -> new Adjusted(id, receipt))));
    }

    private static boolean adds(Board board) {
        return board.definition().operator() == Operator.SUM;
    }

    private static List<TouchedWindow> withStanding(List<TouchedWindow> touched) {
        return touched.stream().filter(window -> window.before() != null).toList();
    }

    private static void requireSome(List<TouchedWindow> touched, String otherwise) {
        if (touched.isEmpty()) {
            throw new Conflict(otherwise);
        }
    }

    private Uni<Receipt> write(
            Board board,
            String playerId,
            Restored values,
            Effect effect,
            String eventId,
            Decision decision,
            List<TouchedWindow> touched) {
        String attributes = new JsonObject()
                .put("reason", decision.reason())
                .put("author", decision.author())
                .put("adjustment", eventId)
                .encode();
        List<WindowRef> own = touched.stream().map(TouchedWindow::window).toList();
        return scores.submitByHand(new ScoreWrite(
                board,
                playerId,
                values.scores().get(0),
                values.scores().subList(1, values.scores().size()),
                values.instants().subList(1, values.instants().size()),
                values.instants().get(0),
                effect,
                eventId,
                0,
                attributes,
                own));
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
                .invoke(Adjustments::requireUndoable)
                .call(adjustment -> adds(board) ? Uni.createFrom().voidItem() : store.requireLast(board, adjustment))
                .chain(adjustment -> open(board, adjustment)
                        .invoke(open -> requireSome(open, "The windows of adjustment " + id + " have been closed"))
                        .chain(open -> store.undone(board, adjustment, decision).chain(() -> takeBackOrRestore(
                                        board, adjustment, open, decision)
                                .onFailure()
                                .call(() -> store.notUndone(id).onFailure().recoverWithNull()))))
                .map(windowIds -> new Undone(id, windowIds));
    }

    private Uni<List<String>> takeBackOrRestore(
            Board board, Adjustment adjustment, List<TouchedWindow> open, Decision decision) {
        return adds(board) ? takeBack(board, adjustment, open, decision) : restore(board, adjustment, open, decision);
    }

    private static void requireUndoable(Adjustment adjustment) {
        if (adjustment.undoneAt() != null) {
            throw new Conflict("Adjustment " + adjustment.id() + " has been undone");
        }
        if (adjustment.appliedAt() == null) {
            throw new Conflict("Adjustment " + adjustment.id() + " has not been applied");
        }
    }

    private Uni<List<TouchedWindow>> open(Board board, Adjustment adjustment) {
        return Multi.createFrom()
                .iterable(adjustment.windows())
                .onItem()
                .transformToUniAndConcatenate(touched -> windows.named(board, touched.period(), touched.windowId())
                        .map(now -> now.key() == touched.key() && now.state() == WindowState.OPEN
                                ? new TouchedWindow(now, touched.before())
                                : null))
                .collect()
                .asList();
    }

    private Uni<List<String>> takeBack(
            Board board, Adjustment adjustment, List<TouchedWindow> open, Decision decision) {
        List<Long> negative = adjustment.scores().stream().map(score -> -score).toList();
        return write(
                        board,
                        adjustment.playerId(),
                        new Restored(negative, List.of(clock.millis())),
                        Effect.OPERATE,
                        UNDO + adjustment.id(),
                        decision,
                        open)
                .replaceWith(ids(open));
    }

    private Uni<List<String>> restore(Board board, Adjustment adjustment, List<TouchedWindow> open, Decision decision) {
        List<String> restored = new ArrayList<>();
        return Multi.createFrom()
                .iterable(open)
                .onItem()
                .transformToUniAndConcatenate(touched -> restoration
                        .of(board, adjustment, touched)
                        .onItem()
                        .ifNotNull()
                        .transformToUni(own -> write(
                                        board,
                                        adjustment.playerId(),
                                        own,
                                        Effect.RESTORE,
                                        UNDO + adjustment.id() + "-"
                                                + touched.period().path(),
                                        decision,
                                        List.of(touched))
                                .invoke(() -> restored.add(touched.windowId()))))
                .collect()
                .last()
                .replaceWith(restored);
    }

    private static List<String> ids(List<TouchedWindow> touched) {
        return touched.stream().map(TouchedWindow::windowId).toList();
    }

    /** An adjustment that has been applied, with the standings after it. */
    public record Adjusted(long id, Receipt receipt) {}

    /** An adjustment that has been taken back, and in which windows. */
    public record Undone(long id, List<String> windowIds) {}
}
