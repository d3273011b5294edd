package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.correction.TakenOver.Total;
import dev.laurel.platform.async.Bulkhead;
import dev.laurel.score.Scores;
import dev.laurel.shared.LaurelException;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.window.Generations;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowRegistry;
import dev.laurel.standings.write.ScoreWrite;
import dev.laurel.standings.write.WriteResult.Outcome;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes over standings from another system. Each score becomes an event of its own in the ledger, which counts only in
 * the running window of its period and has an id made of period, window and player: so it counts once, however often it
 * is sent, and is combined with everything else in the window by the board's operator.
 */
@ApplicationScoped
public class Takeovers {
    /** Maximum number of rows in one call. */
    public static final int MAX_ROWS = 10_000;

    /** Rows in flight at once: with five periods each, as many events as a batch of scores. */
    private static final int IN_FLIGHT = 200;

    private static final int MAX_CALLS = 2;
    private static final int MAX_CALLS_WAITING = 8;

    private final Scores scores;
    private final WindowRegistry windows;
    private final Generations generations;
    private final AdminLog log;
    private final Clock clock;
    private final Bulkhead calls =
            new Bulkhead(MAX_CALLS, MAX_CALLS_WAITING, "Too many calls are taking standings over");

    Takeovers(Scores scores, WindowRegistry windows, Generations generations, AdminLog log, Clock clock) {
        this.scores = scores;
        this.windows = windows;
        this.generations = generations;
        this.log = log;
        this.clock = clock;
    }

    /**
     * Takes standings over, row by row; each score is accepted or refused on its own.
     *
     * @return one result for each row, in order; fails as a whole with {@link InvalidInput} for no rows or too
     *     many, with {@link Conflict} on a board where one number per player is not enough, with {@link Unavailable}
     *     when nothing can be accepted
     */
    public Uni<List<TakenOver>> takeOver(Board board, List<TakeoverRow> rows, Decision decision) {
        if (rows.isEmpty() || rows.size() > MAX_ROWS) {
            throw new InvalidInput("standings", "must contain 1 to " + MAX_ROWS + " rows");
        }
        if (board.definition().metrics().size() > 1) {
            throw new Conflict(
                    "Board " + board.name() + " has several metrics; standings with one score each cannot be imported");
        }
        return calls.run(log.record(board.id(), "TAKE_OVER", decision).chain(() -> inOrder(board, rows, decision)));
    }

    private Uni<List<TakenOver>> inOrder(Board board, List<TakeoverRow> rows, Decision decision) {
        return Multi.createFrom()
                .iterable(rows)
                .group()
                .intoLists()
                .of(IN_FLIGHT)
                .onItem()
                .transformToUniAndConcatenate(slice -> takeSlice(board, slice, decision))
                .collect()
                .in(ArrayList<TakenOver>::new, List::addAll)
                .map(List::copyOf);
    }

    private Uni<List<TakenOver>> takeSlice(Board board, List<TakeoverRow> slice, Decision decision) {
        Instant now = clock.instant();
        return windows.openAt(board, now).chain(open -> {
            TakeoverPlan plan = new TakeoverPlan(board, open, now, decision);
            return Uni.join()
                    .all(slice.stream().map(row -> take(plan, row)).toList())
                    .andFailFast();
        });
    }

    private Uni<TakenOver> take(TakeoverPlan plan, TakeoverRow row) {
        List<ScoreWrite> writes;
        try {
            writes = plan.writes(row);
        } catch (LaurelException refusal) {
            return Uni.createFrom().item(TakenOver.refused(row, refusal));
        }
        return requireSinceReset(row, writes)
                .chain(() -> Uni.join()
                        .all(writes.stream().map(this::write).toList())
                        .andFailFast())
                .map(totals -> new TakenOver(row.playerId(), totals, null))
                .onFailure(InvalidInput.class)
                .recoverWithItem(refusal -> TakenOver.refused(row, refusal));
    }

    /** What was achieved before a reset belongs to the generation that the reset has closed. */
    private Uni<Void> requireSinceReset(TakeoverRow row, List<ScoreWrite> writes) {
        if (row.achievedAt() == null) {
            return Uni.createFrom().voidItem();
        }
        List<WindowRef> own =
                writes.stream().flatMap(write -> write.windows().stream()).toList();
        return generations
                .begunAfter(row.achievedAt(), own)
                .invoke(reset -> reset.ifPresent(window -> {
                    throw new InvalidInput("achievedAt", "is before the last reset of window " + window.id());
                }))
                .replaceWithVoid();
    }

    private Uni<Total> write(ScoreWrite write) {
        return scores.takeOver(write)
                .map(outcome ->
                        outcome == Outcome.CONFLICT ? total(write, null, taken(write)) : total(write, outcome, null))
                .onFailure(LaurelException.class)
                .recoverWithItem(refusal -> total(write, null, refusal));
    }

    private static Conflict taken(ScoreWrite write) {
        return new Conflict("Another score has been imported for this player in window "
                + write.windows().get(0).id() + "; correct it with an adjustment");
    }

    private static Total total(ScoreWrite write, Outcome outcome, LaurelException refusal) {
        return new Total(write.windows().get(0).period(), write.windows().get(0).id(), outcome, refusal);
    }
}
