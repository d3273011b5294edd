package dev.laurel.board;

import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Period;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** The seasons of boards. Seasons of one board do not overlap, and a season that has had events keeps its start. */
@ApplicationScoped
public class Seasons {
    private static final String STATE =
            "select state from board_window where board_id = $1 and period = $2 and window_id = $3";

    private static final String MOVE_END =
            "update board_window set end_at = $4 where board_id = $1 and period = $2 and window_id = $3 and state = 'OPEN'";

    /**
     * The last instant of an event in the part that a season is about to lose. It can only lie ahead of its acceptance, so it
     * has come in lately; a minute for the clocks of PostgreSQL and of the service, which may differ.
     */
    private static final String LAST_AHEAD = """
            select max(occurred_ms) from score_event
            where board_id = $1 and received_at > now() - $2 * interval '1 millisecond' - interval '1 minute'
              and occurred_ms >= $3 and occurred_ms < $4 and (periods is null or periods & 32 <> 0)""";

    private final Boards boards;
    private final Duration maxFuture;
    private final Clock clock;

    Seasons(
            Boards boards,
            @ConfigProperty(name = "laurel.score.max-future", defaultValue = "5s") Duration maxFuture,
            Clock clock) {
        this.boards = boards;
        this.maxFuture = maxFuture;
        this.clock = clock;
    }

    /**
     * Creates or changes a season.
     *
     * @return fails with {@link Conflict} when it overlaps another one, or has been closed, or has events that
     *     would fall outside it
     */
    public Uni<Change> put(String boardName, Season season) {
        boolean[] created = new boolean[1];
        return boards.changeSeasons(boardName, (transaction, board) -> {
                    requirePeriod(board);
                    created[0] = board.season(season.id()).isEmpty();
                    requireRoom(board, season);
                    return created[0]
                            ? Uni.createFrom().item(with(board, season))
                            : requireNoneAhead(transaction, board, season)
                                    .chain(() -> change(transaction, board, season, now()));
                })
                .map(board -> new Change(board, season, created[0]));
    }

    /**
     * Ends the running season now, or just after the last event that it has counted: clocks differ, so an event may lie a
     * little ahead.
     *
     * @return fails with {@link Conflict} when it is not running
     */
    public Uni<Change> end(String boardName, String id) {
        Instant now = now();
        return boards.changeSeasons(boardName, (transaction, board) -> {
                    Season season = require(board, id);
                    if (!season.start().isBefore(now) || !now.isBefore(season.end())) {
                        throw new Conflict("Season " + id + " is not running");
                    }
                    return lastAhead(transaction, board, season, now)
                            .map(last -> last == null ? now : last.plusMillis(1))
                            .map(end -> new Season(id, season.title(), season.start(), end))
                            .chain(ended -> change(transaction, board, ended, now));
                })
                .map(board -> new Change(board, require(board, id), false));
    }

    /**
     * Removes a season that has had no events.
     *
     * @return fails with {@link Conflict} when it has
     */
    public Uni<Void> remove(String boardName, String id) {
        return boards.changeSeasons(boardName, (transaction, board) -> {
                    require(board, id);
                    return state(transaction, board, id).map(state -> {
                        if (state != null) {
                            throw new Conflict("Season " + id + " has events and cannot be deleted");
                        }
                        return without(board, id);
                    });
                })
                .replaceWithVoid();
    }

    /** The season with the given id; fails with {@link NotFound} when the board has none. */
    public Uni<Season> get(String boardName, String id) {
        return boards.get(boardName).map(board -> require(board, id));
    }

    /**
     * The season that is running, or that a frozen board shows as running ({@link Board#seasonShown}); fails with
     * {@link NotFound} when there is none.
     */
    public Uni<Season> active(String boardName) {
        return boards.kept(boardName).map(board -> board.seasonShown(clock.instant())
                .orElseThrow(() -> new NotFound("No season of board " + boardName + " is running")));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Uni<List<Season>> change(Statements transaction, Board board, Season season, Instant now) {
        Season before = require(board, season.id());
        return state(transaction, board, season.id())
                .invoke(state -> requireChangeable(state, before, season, now))
                .chain(state -> state == null
                        ? Uni.createFrom().voidItem()
                        : transaction
                                .run(
                                        MOVE_END,
                                        board.id(),
                                        Period.SEASON.code(),
                                        season.id(),
                                        BoardRow.argument(season.end()))
                                .replaceWithVoid())
                .map(moved -> with(board, season));
    }

    private Uni<Void> requireNoneAhead(Statements transaction, Board board, Season season) {
        return lastAhead(transaction, board, require(board, season.id()), season.end())
                .invoke(last -> {
                    if (last != null) {
                        throw new Conflict(
                                "Season " + season.id() + " has an event of " + last + ", and cannot end before it");
                    }
                })
                .replaceWithVoid();
    }

    /** The instant of the last event of a season that is not before an end to come; null for none. */
    private Uni<Instant> lastAhead(Statements transaction, Board board, Season season, Instant end) {
        if (!end.isBefore(season.end())) {
            return Uni.createFrom().nullItem();
        }
        return transaction
                .run(
                        LAST_AHEAD,
                        board.id(),
                        maxFuture.toMillis(),
                        end.toEpochMilli(),
                        season.end().toEpochMilli())
                .map(rows -> rows.iterator().next().getLong(0))
                .map(last -> last == null ? null : Instant.ofEpochMilli(last));
    }

    private static void requireChangeable(String state, Season before, Season after, Instant now) {
        if (state == null) {
            return;
        }
        boolean moved = !before.start().equals(after.start()) || !before.end().equals(after.end());
        if (moved && !"OPEN".equals(state)) {
            throw new Conflict("Season " + after.id() + " has been closed");
        }
        if (!before.start().equals(after.start())) {
            throw new Conflict("Season " + after.id() + " has had events, and keeps its start");
        }
        if (after.end().isBefore(before.end()) && after.end().isBefore(now)) {
            throw new Conflict("Season " + after.id() + " has had events, and cannot end before now");
        }
    }

    private static Uni<String> state(Statements transaction, Board board, String id) {
        return transaction.run(STATE, board.id(), Period.SEASON.code(), id).map(rows -> {
            var found = rows.iterator();
            return found.hasNext() ? found.next().getString(0) : null;
        });
    }

    private static void requirePeriod(Board board) {
        if (!board.definition().periods().contains(Period.SEASON)) {
            throw new Conflict(
                    "Board " + board.name() + " does not keep the period SEASON; add it to its periods first");
        }
    }

    private static void requireRoom(Board board, Season season) {
        if (without(board, season.id()).size() >= Season.MAX) {
            throw new InvalidInput("season", "would be more than the " + Season.MAX + " a board can have");
        }
        without(board, season.id()).stream()
                .filter(season::overlaps)
                .findFirst()
                .ifPresent(other -> {
                    throw new Conflict("Season " + season.id() + " would overlap season " + other.id());
                });
    }

    private static Season require(Board board, String id) {
        return board.season(id).orElseThrow(() -> new NotFound("Board " + board.name() + " has no such season"));
    }

    private static List<Season> without(Board board, String id) {
        return board.seasons().stream().filter(one -> !one.id().equals(id)).toList();
    }

    private static List<Season> with(Board board, Season season) {
        return Stream.concat(without(board, season.id()).stream(), Stream.of(season))
                .toList();
    }

    /** The result of writing a season. */
    public record Change(Board board, Season season, boolean created) {}
}
