package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.board.Operator;
import dev.laurel.correction.CorrectionEvents.CorrectionEvent;
import dev.laurel.score.Receipt;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.UnusedWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.write.ScoreWrite.Effect;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Manual corrections of scores. Each is an event in the ledger like any other, with its reason and author, exempt from
 * the rules for submissions. Where scores are added up it is added; otherwise it replaces the standing.
 */
@ApplicationScoped
public class Adjustments {
    /** Periods with windows of their own. */
    private static final int ALL = Period.values().length - Period.ROLLING.size();

    private final WindowRegistry windows;
    private final CorrectionEvents events;
    private final AdjustmentStore store;
    private final ScoresBefore before;
    private final UnusedWindows unused;
    private final Clock clock;

    Adjustments(
            WindowRegistry windows,
            CorrectionEvents events,
            AdjustmentStore store,
            ScoresBefore before,
            UnusedWindows unused,
            Clock clock) {
        this.windows = windows;
        this.unused = unused;
        this.events = events;
        this.store = store;
        this.before = before;
        this.clock = clock;
    }

    /**
     * Adjusts a player's scores in current windows. A repeated request with the same key applies the adjustment if it
     * was not applied, and gets the original response; it is never applied twice.
     *
     * @return fails with {@link InvalidInput} for periods that are none of the board; with {@link Conflict} where scores are
     *     not added up and the player has no standing to be replaced, between two seasons where no other period is reached,
     *     where the key has been used for another adjustment, and where its windows have been closed before it was applied
     */
    public Uni<Adjusted> adjust(Board board, AdjustmentOrder order) {
        order.requirePeriodsOf(board);
        board.requireFilled();
        Uni<Adjustment> known = order.key() == null ? Uni.createFrom().nullItem() : store.find(board, order.key());
        return known.chain(adjustment -> adjustment == null ? begin(board, order) : again(board, adjustment, order))
                // One that is refused leaves no window behind. Without PostgreSQL there would be a second deadline to
                // wait for.
                .onFailure(failure -> !(failure instanceof Unavailable))
                .call(() -> unused.forget(board));
    }

    static boolean adds(Board board) {
        return board.definition().operator() == Operator.SUM;
    }

    private Uni<Adjusted> begin(Board board, AdjustmentOrder order) {
        Instant now = order.at() == null ? clock.instant() : order.at();
        return (adds(board) ? opened(board, order, now) : found(board, order, now))
                .invoke(reached -> requireWindow(board, reached))
                .chain(reached -> before.in(reached, order.playerId()))
                .map(touched -> adds(board) ? touched : withStanding(touched))
                .invoke(touched -> requireSome(touched, order.playerId()))
                .chain(touched -> store.create(board, order, touched, now)
                        .chain(adjustment -> adjustment == null
                                // Another request with the same key was faster.
                                ? store.find(board, order.key()).chain(known -> again(board, known, order))
                                : apply(board, adjustment, touched)));
    }

    private Uni<List<WindowRef>> opened(Board board, AdjustmentOrder order, Instant now) {
        return windows.openAt(board, now).map(open -> open.stream()
                .filter(window -> order.goesTo(window.period()))
                .toList());
    }

    /** Opens none: what was never open holds no standing to be replaced, and a refusal is to leave nothing. */
    private Uni<List<WindowRef>> found(Board board, AdjustmentOrder order, Instant now) {
        return Multi.createFrom()
                .items(Period.values())
                .filter(period -> board.definition().periods().contains(period) && !period.isRolling())
                .filter(order::goesTo)
                .onItem()
                .transformToUniAndConcatenate(period -> windows.at(board, period, now))
                .onItem()
                // Another process may just have opened it.
                .transformToUniAndConcatenate(
                        window -> window.opened() ? Uni.createFrom().item(window) : windows.again(window, null))
                .collect()
                .asList();
    }

    /** Every other period always has a window. */
    private static void requireWindow(Board board, List<WindowRef> reached) {
        if (reached.isEmpty()) {
            throw new Conflict(
                    "No season of board " + board.name() + " is running, and the adjustment reaches no other window");
        }
    }

    private static List<TouchedWindow> withStanding(List<TouchedWindow> touched) {
        return touched.stream().filter(window -> window.before() != null).toList();
    }

    private static void requireSome(List<TouchedWindow> touched, String playerId) {
        if (touched.isEmpty()) {
            throw new Conflict("Player " + playerId + " has no standing there to be replaced");
        }
    }

    /** Written again even when it has been applied: Redis may never have received it. */
    private Uni<Adjusted> again(Board board, Adjustment known, AdjustmentOrder order) {
        if (!order.isFor(known)) {
            throw new Conflict("Idempotency-Key " + order.key() + " has been used for another adjustment");
        }
        return events.open(board, known).chain(open -> {
            if (known.appliedAt() == null) {
                return complete(board, known, open, order);
            }
            return open.isEmpty()
                    ? events.answer(board, known).map(receipt -> new Adjusted(known.id(), receipt))
                    : apply(board, known, open);
        });
    }

    /**
     * The player's standings before it may have changed since the first attempt, so they are read again. What is ordered for
     * an instant reaches those of its windows that are still open.
     */
    private Uni<Adjusted> complete(Board board, Adjustment known, List<TouchedWindow> open, AdjustmentOrder order) {
        if (open.isEmpty()
                || order.at() == null && open.size() < known.windows().size()) {
            throw new Conflict("Windows of adjustment " + known.id()
                    + " have been closed, and it is not known to have been applied; adjust under another key");
        }
        return before.in(open.stream().map(TouchedWindow::window).toList(), known.playerId())
                .call(touched -> store.renew(board, known, touched))
                .chain(touched -> apply(board, known, touched));
    }

    private Uni<Adjusted> apply(Board board, Adjustment adjustment, List<TouchedWindow> touched) {
        CorrectionEvent event = new CorrectionEvent(
                adjustment.eventId(),
                adjustment.playerId(),
                adjustment.scores(),
                adjustment.createdAt(),
                adds(board) ? Effect.OPERATE : Effect.REPLACE,
                onlyIn(board, adjustment, touched));
        return events.write(board, event, adjustment.decision(), touched)
                // If this is lost, the event itself shows that the adjustment has been applied.
                .call(receipt -> store.applied(adjustment.id()).onFailure().recoverWithNull())
                .map(receipt -> new Adjusted(adjustment.id(), receipt));
    }

    /** An adjustment meant for the whole board also counts in periods added later, but not where it had no effect. */
    private static Set<Period> onlyIn(Board board, Adjustment adjustment, List<TouchedWindow> touched) {
        Set<Period> reached = touched.stream().map(TouchedWindow::period).collect(Collectors.toSet());
        if (!"".equals(adjustment.periods())) {
            return reached;
        }
        Set<Period> counted = EnumSet.complementOf(EnumSet.copyOf(Period.ROLLING));
        board.definition().periods().stream()
                .filter(period -> !reached.contains(period))
                .forEach(counted::remove);
        return counted.size() == ALL ? Set.of() : counted;
    }

    /** An adjustment that has been applied, with the standings after it. */
    public record Adjusted(long id, Receipt receipt) {}
}
