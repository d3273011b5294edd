package dev.laurel.standings.write;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Score;
import dev.laurel.standings.load.Rebuilder;
import dev.laurel.standings.load.StaleWindows;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Recounts standings of one player from the ledger after one of the player's earlier events no longer counts, or counts
 * from now on. PostgreSQL does
 * it in one transaction, which also marks the windows as stale in Redis; the mark is removed once Redis has the new
 * standing. A process that dies in between leaves windows that are reloaded, and no wrong rank.
 */
@ApplicationScoped
public class Recounts {
    private static final Logger LOG = Logger.getLogger(Recounts.class);

    private static final String UNDO = """
            SELECT period, window_key, window_id, start_at, end_at, state, stale, require_no_fill($1)
            FROM undo_adjustment($1, $2, $3, $4, $5, $6, $7)""";

    private static final String WITHDRAW = "SELECT withdraw_submission($1, $2, $3, $4, $5, $6, $7)";

    private static final String COUNT_AGAIN = """
            SELECT period, window_key, window_id, start_at, end_at, state, stale FROM recount_some($1, $2, $3, $4)""";

    private static final String ACCEPT = """
            SELECT period, window_key, window_id, start_at, end_at, state, stale
            FROM accept_held_event($1, $2, $3, $4, $5, $6, $7)""";

    private static final String FILLING = "LB005";
    private static final String BEYOND = "LB006";
    private static final String REVALUED = "LB008";

    private final Sql sql;
    private final PlayerSync sync;
    private final StaleWindows stale;
    private final RollingWindows rolling;
    private final Rebuilder rebuilder;
    private final Clock clock;

    Recounts(Sql sql, PlayerSync sync, StaleWindows stale, RollingWindows rolling, Rebuilder rebuilder, Clock clock) {
        this.sql = sql;
        this.sync = sync;
        this.stale = stale;
        this.rolling = rolling;
        this.rebuilder = rebuilder;
        this.clock = clock;
    }

    /**
     * Undoes an adjustment as if it had never been made, in all its windows. Once it completes, every reader sees the
     * change.
     *
     * @return the windows with standings of their own that hold its instant, as they are now; none when it has been
     *     undone before. Fails with {@link Conflict} when a sum would leave the range of scores, with {@link Unavailable}
     *     when PostgreSQL did not undo it, or did not confirm it
     */
    public Uni<List<WindowRef>> undo(Board board, Undo undo) {
        // Whatever it was written to: a day that the board has got since has been filled with it.
        List<WindowRef> made = rolling.holding(board, undo.at());
        return sql.runForJob(
                        UNDO,
                        board.id(),
                        undo.adjustment(),
                        undo.reason(),
                        undo.author(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        made.stream().map(window -> window.period().code()).toArray(Short[]::new),
                        made.stream().map(WindowRef::key).toArray(Long[]::new))
                .onFailure(e -> hasState(e, FILLING))
                .transform(e -> filling())
                .onFailure(e -> hasState(e, BEYOND))
                .transform(e -> new Conflict("Without adjustment " + undo.adjustment() + " a sum of player "
                        + undo.playerId() + " would be beyond ±" + Score.MAX + "; adjust it first"))
                .map(rows -> Recounted.of(board, rows))
                .call(all -> show(all, undo.playerId()))
                .map(all -> all.stream()
                        .map(Recounted::window)
                        .filter(window -> !window.period().isRolling())
                        .toList());
    }

    /**
     * Withdraws a submission to a challenge as if it had never been made, with the points that only it has earned. Once
     * it completes, every reader sees the change.
     *
     * @param board of the challenge; null when there is none any more
     * @return the player who had submitted it; empty when there is no such submission. Fails with {@link Unavailable}
     *     while the points of the variant or the periods of the board are being changed, and as {@link #undo} does
     */
    public Uni<Optional<String>> withdraw(Board board, Withdrawal withdrawal) {
        return sql.runForJob(
                        WITHDRAW,
                        withdrawal.challenge(),
                        withdrawal.variant(),
                        withdrawal.submission(),
                        board == null ? null : board.id(),
                        withdrawal.reason(),
                        withdrawal.author(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .onFailure(e -> hasState(e, FILLING))
                .transform(e -> filling())
                .onFailure(e -> hasState(e, REVALUED))
                .transform(e -> Unavailable.overloaded("The points of the variant are being changed; try again soon"))
                .onFailure(e -> hasState(e, BEYOND))
                .transform(e -> new Conflict("Without the submission a sum of its player would be beyond ±" + Score.MAX
                        + "; adjust it first"))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getString(0)))
                .call(player -> board == null || player.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : countAgain(board, player.get()));
    }

    /** Counts a player again wherever that is due on a board. Once it completes, every reader sees the change. */
    Uni<Void> countAgain(Board board, String playerId) {
        return Multi.createBy()
                .repeating()
                .uni(() -> countSome(board, playerId))
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Boolean> countSome(Board board, String playerId) {
        List<WindowRef> made = rolling.inUse(board);
        return sql.runForJob(
                        COUNT_AGAIN,
                        board.id(),
                        playerId,
                        made.stream().map(window -> window.period().code()).toArray(Short[]::new),
                        made.stream().map(WindowRef::key).toArray(Long[]::new))
                .onFailure(e -> hasState(e, FILLING))
                .transform(e -> filling())
                .map(rows -> Recounted.of(board, rows))
                .call(some -> show(some, playerId))
                .map(some -> !some.isEmpty());
    }

    /**
     * Counts an event that is held for review, at the instant at which it occurred, in all windows of that time, open and
     * closed. Once it completes, every reader sees the change.
     *
     * @return whether it was waiting for a decision; fails as {@link #undo} does
     */
    public Uni<Boolean> accept(Board board, HeldForReview held) {
        List<WindowRef> made = rolling.holding(board, held.occurredAt());
        return sql.runForJob(
                        ACCEPT,
                        board.id(),
                        held.id(),
                        held.reason(),
                        held.author(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        made.stream().map(window -> window.period().code()).toArray(Short[]::new),
                        made.stream().map(WindowRef::key).toArray(Long[]::new))
                .onFailure(e -> hasState(e, FILLING))
                .transform(e -> filling())
                .onFailure(e -> hasState(e, BEYOND))
                .transform(e -> new Conflict("With event " + held.id() + " a sum of player " + held.playerId()
                        + " would be beyond ±" + Score.MAX + "; adjust it first"))
                .call(rows -> show(Recounted.of(board, rows), held.playerId()))
                .map(rows -> rows.size() > 0);
    }

    private static Unavailable filling() {
        return Unavailable.overloaded("A period of the board is being filled; try again soon");
    }

    private static boolean hasState(Throwable failure, String state) {
        return failure instanceof PgException e && state.equals(e.getSqlState());
    }

    private Uni<Void> show(List<Recounted> all, String playerId) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(one -> show(one, playerId))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> show(Recounted one, String playerId) {
        if (one.stale() == null) {
            return sync.outdate(one.window());
        }
        return sync.put(one.window(), playerId)
                // A window that was stale before, for whatever reason, stays so until it has been loaded.
                .call(() -> one.stale() > 0
                        ? stale.clear(one.window(), one.stale())
                        : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(e ->
                        LOG.debugf("Window %s is loaded again: %s", one.window().id(), e.getMessage()))
                .onFailure()
                .recoverWithUni(() -> rebuilder.markStale(List.of(one.window())));
    }

    /**
     * An adjustment to undo.
     *
     * @param at when it was made, which is when its event occurred
     */
    public record Undo(long adjustment, String playerId, Instant at, String reason, String author) {}

    /** A held event to accept. */
    public record HeldForReview(long id, String playerId, Instant occurredAt, String reason, String author) {}

    /**
     * A submission to withdraw.
     *
     * @param challenge number of its challenge
     */
    public record Withdrawal(int challenge, String variant, UUID submission, String reason, String author) {}
}
