package dev.laurel.standings.baseline;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Boards;
import dev.laurel.board.Season;
import dev.laurel.board.change.BoardChanges;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Score;
import dev.laurel.standings.freeze.FreezeSnapshot;
import dev.laurel.standings.freeze.FreezeSnapshots;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.Map;

/** What players had when a season began, from which gains count. */
@ApplicationScoped
public class Baselines {
    /** Raised by {@code set_baselines}. */
    static final String BEYOND = "LB014";

    static final String CLOSED = "LB015";

    private static final String CLOSING = "LB016";

    /** Raised by {@code require_no_fill}. */
    private static final String FILLING = "LB005";

    /** The board is not the one that this process knows: numbers of metrics and keys of seasons may be others. */
    static final String BOARD_CHANGED = "LB001";

    private final Boards boards;
    private final BaselineTable table;
    private final BaselineSync sync;
    private final FreezeSnapshots snapshots;
    private final BoardChanges changes;

    Baselines(Boards boards, BaselineTable table, BaselineSync sync, FreezeSnapshots snapshots, BoardChanges changes) {
        this.boards = boards;
        this.table = table;
        this.sync = sync;
        this.snapshots = snapshots;
        this.changes = changes;
    }

    /**
     * Sets the baselines of players of a board's season, as if they had been there from its start: once it completes, every
     * reader sees the gains. One transaction, whatever the number of players; repeated, it changes nothing.
     *
     * @return what was there before; fails with {@link NotFound} without such a board or season, with {@link InvalidInput}
     *     naming what violates a rule, with {@link Conflict} when the season is closed and the order is not for closed ones,
     *     or a gain or a metric that follows from it would leave the range of scores, and with {@link Unavailable} while the
     *     season is being closed
     */
    public Uni<BaselineChange> set(BoardName name, BaselineOrder order) {
        return boards.get(name)
                .chain(board -> set(board, order))
                .onFailure(e -> hasState(e, BOARD_CHANGED))
                .recoverWithUni(() -> boards.refresh(name).chain(board -> set(board, order)))
                .onFailure(e -> hasState(e, BOARD_CHANGED))
                .transform(e -> new Conflict("Board " + name.name() + " was changed by another request meanwhile"));
    }

    private Uni<BaselineChange> set(Board board, BaselineOrder order) {
        order.require(board.definition());
        return set(board, season(board, order.season()), order);
    }

    private Uni<BaselineChange> set(Board board, Season season, BaselineOrder order) {
        return table.set(board, key(season), order)
                .onFailure(e -> hasState(e, CLOSED))
                .transform(e -> new Conflict("Season " + season.id() + " of board " + board.name()
                        + " is closed; with closedWindows=REWRITE, its final ranking is made again"))
                .onFailure(Baselines::isBusy)
                .transform(e -> busy(season.id()))
                .onFailure(e -> hasState(e, BEYOND))
                .transform(e -> new Conflict("With these baselines a derived metric of a player would be beyond ±"
                        + Score.MAX + "; nothing was changed"))
                // What is cached of baselines goes first: rankings that show them are outdated after it.
                .invoke(() -> changes.changed(board.tenant(), board.name()))
                .call(changed ->
                        changed.previous().isEmpty() ? Uni.createFrom().voidItem() : sync.show(board, season, changed))
                .map(changed -> new BaselineChange(changed.previous()));
    }

    static boolean isBusy(Throwable failure) {
        return hasState(failure, CLOSING) || hasState(failure, FILLING);
    }

    static Unavailable busy(String season) {
        return Unavailable.overloaded(
                "Season " + season + " is being closed, or periods of the board are being filled");
    }

    static boolean hasState(Throwable failure, String state) {
        return failure instanceof PgException e && state.equals(e.getSqlState());
    }

    /**
     * A page of the baselines of a season in the order of players' ids, as the public is shown them: without players who
     * take no rank, and of a frozen board as they were then.
     */
    public Uni<PageResult<Baseline>> page(Board board, String season, PageRequest page) {
        long key = key(season(board, season));
        return freeze(board).chain(freeze -> table.page(board, key, freeze, page));
    }

    /**
     * As {@link #page}, of those of the given players who have one, by player.
     *
     * @param freeze whose snapshot is shown, as {@link #freeze} has it
     */
    public Uni<Map<String, Baseline>> of(Board board, Season season, int freeze, Collection<String> players) {
        return table.of(board, key(season), freeze, players);
    }

    /** The number of the freeze whose snapshot the public is shown of a board now; 0 for none. */
    public Uni<Integer> freeze(Board board) {
        return snapshots.of(board).map(FreezeSnapshot::number);
    }

    private static Season season(Board board, String id) {
        return board.season(id).orElseThrow(() -> new NotFound("Board " + board.name() + " has no season " + id));
    }

    /** The key of the first generation of its window. */
    static long key(Season season) {
        return season.window().firstKey();
    }
}
