package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.board.Operator;
import dev.laurel.correction.CorrectionEvents.CorrectionEvent;
import dev.laurel.score.Receipt;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
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
 * Corrections of scores by hand. Each is an event in the ledger like any other, with its reason and author, and bound by
 * none of the rules for submissions. Where scores are added up it is added; otherwise it takes the place of the standing.
 */
@ApplicationScoped
public class Adjustments {
    /** Periods with windows of their own. */
    private static final int ALL = Period.values().length - Period.ROLLING.size();

    private final WindowRegistry windows;
    private final CorrectionEvents events;
    private final AdjustmentStore store;
    private final HeldScores held;
    private final UnusedWindows unused;
    private final Clock clock;

    Adjustments(
            WindowRegistry windows,
            CorrectionEvents events,
            AdjustmentStore store,
            HeldScores held,
            UnusedWindows unused,
            Clock clock) {
        this.windows = windows;
        this.unused = unused;
        this.events = events;
        this.store = store;
        this.held = held;
        this.clock = clock;
    }

    /**
     * Adjusts a player's scores in current windows. Sent again under its key, it is applied if it was not, and answered as
     * the first time; it is never applied twice.
     *
     * @return fails with {@link InvalidInput} for periods that are none of the board; with {@link Conflict} where scores are
     *     not added up and the player has no standing to be replaced, where the key has been used for another adjustment,
     *     and where its windows have been closed before it was applied
     */
    public Uni<Adjusted> adjust(Board board, AdjustmentOrder order) {
        order.requirePeriodsOf(board);
        board.requireFilled();
        Uni<Adjustment> known = order.key() == null ? Uni.createFrom().nullItem() : store.find(board, order.key());
        return known.chain(adjustment -> adjustment == null ? begin(board, order) : again(board, adjustment, order))
                // One that is refused leaves no window behind.
                .onFailure()
                .call(() -> unused.forget(board));
    }

    static boolean adds(Board board) {
        return board.definition().operator() == Operator.SUM;
    }

    private Uni<Adjusted> begin(Board board, AdjustmentOrder order) {
        Instant now = clock.instant();
        return windowsAt(board, now)
                .map(open -> open.stream()
                        .filter(window -> order.goesTo(window.period()))
                        .toList())
                .chain(chosen -> held.in(chosen, order.playerId()))
                .map(touched -> adds(board) ? touched : withStanding(touched))
                .invoke(touched -> requireSome(touched, order.playerId()))
                .chain(touched -> store.create(board, order, touched, now)
                        .chain(adjustment -> adjustment == null
                                // Somebody has just been faster with the same key.
                                ? store.find(board, order.key()).chain(known -> again(board, known, order))
                                : apply(board, adjustment, touched)));
    }

    /** Where scores are not added up, a window that has had no events holds nothing to be replaced. */
    private Uni<List<WindowRef>> windowsAt(Board board, Instant now) {
        if (adds(board)) {
            return windows.openAt(board, now);
        }
        return Multi.createFrom()
                .iterable(board.definition().periods().stream().sorted().toList())
                .filter(period -> !period.isRolling())
                .onItem()
                .transformToUniAndConcatenate(period -> windows.at(board, period, now))
                .filter(WindowRef::opened)
                .collect()
                .asList();
    }

    private static List<TouchedWindow> withStanding(List<TouchedWindow> touched) {
        return touched.stream().filter(window -> window.before() != null).toList();
    }

    private static void requireSome(List<TouchedWindow> touched, String playerId) {
        if (touched.isEmpty()) {
            throw new Conflict("Player " + playerId + " has no standing there to be replaced");
        }
    }

    /** Also when it has been applied it is written again: Redis may never have heard of it. */
    private Uni<Adjusted> again(Board board, Adjustment known, AdjustmentOrder order) {
        if (!order.isFor(known)) {
            throw new Conflict("Idempotency-Key " + order.key() + " has been used for another adjustment");
        }
        return events.open(board, known).chain(open -> {
            if (known.appliedAt() == null) {
                return complete(board, known, open);
            }
            return open.isEmpty()
                    ? events.answer(board, known).map(receipt -> new Adjusted(known.id(), receipt))
                    : apply(board, known, open);
        });
    }

    /** What the player had before it may have changed since the first attempt, and is looked up anew. */
    private Uni<Adjusted> complete(Board board, Adjustment known, List<TouchedWindow> open) {
        if (open.size() < known.windows().size()) {
            throw new Conflict("Windows of adjustment " + known.id()
                    + " have been closed, and it is not known to have been applied; adjust under another key");
        }
        return held.in(open.stream().map(TouchedWindow::window).toList(), known.playerId())
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
                // If this is lost, the event itself tells that it has been applied.
                .call(receipt -> store.applied(adjustment.id()).onFailure().recoverWithNull())
                .map(receipt -> new Adjusted(adjustment.id(), receipt));
    }

    /** One that was meant for all of the board also counts in periods which that gets later, but not where it did nothing. */
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
