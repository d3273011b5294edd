package dev.laurel.board;

import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The freezes of boards: each board has at most one, and one that has begun ends only by being revealed. */
@ApplicationScoped
public class Freezes {
    /** How far ahead a freeze may be set. */
    public static final Duration FURTHEST = Duration.ofDays(366);

    private final Boards boards;
    private final Clock clock;

    /**
     * Every process has to know of a freeze before it begins. It may use a definition for half of this time, and have
     * begun to look it up just before the freeze was set.
     */
    private final Duration lead;

    Freezes(Boards boards, BoardConfig settings, Clock clock) {
        this.boards = boards;
        this.clock = clock;
        this.lead = settings.cachedFor().multipliedBy(2);
    }

    /**
     * Sets a freeze, or changes one that has not begun.
     *
     * @param at null for as soon as every process knows of it
     * @return fails with {@link InvalidInput} when the instant is past, too near, or more than {@link #FURTHEST}
     *     ahead, with {@link Conflict} when a freeze has begun
     */
    public Uni<Change> put(String boardName, Instant at) {
        boolean[] created = new boolean[1];
        return boards.changeFreeze(boardName, board -> {
                    // Read under the lock: waiting for it must not shorten the lead.
                    Instant now = now();
                    if (board.freeze() != null && board.freeze().holds(now)) {
                        throw new Conflict("Board " + boardName + " is frozen; reveal it first");
                    }
                    created[0] = board.freeze() == null;
                    return at == null ? now.plus(lead) : requireAhead(at, now);
                })
                .map(board -> new Change(board.freeze(), created[0]));
    }

    private Instant requireAhead(Instant at, Instant now) {
        if (at.isBefore(now)) {
            throw new InvalidInput("at", "must not be in the past");
        }
        if (at.isBefore(now.plus(lead))) {
            throw new InvalidInput(
                    "at",
                    "must be at least " + lead.toSeconds() + " s ahead, so that every process knows of it in time");
        }
        if (at.isAfter(now.plus(FURTHEST))) {
            throw new InvalidInput("at", "must be at most " + FURTHEST.toDays() + " days ahead");
        }
        if (at.getNano() % 1_000_000 != 0) {
            throw new InvalidInput("at", "must be in whole milliseconds");
        }
        return at;
    }

    /** The freeze of a board; fails with {@link NotFound} when it has none. */
    public Uni<Freeze> get(String boardName) {
        return boards.get(boardName).map(Freezes::require);
    }

    /** Ends the freeze of a board, begun or not; fails with {@link NotFound} when it has none. */
    public Uni<Void> remove(String boardName) {
        return boards.changeFreeze(boardName, board -> {
                    require(board);
                    return null;
                })
                .replaceWithVoid();
    }

    private static Freeze require(Board board) {
        if (board.freeze() == null) {
            throw new NotFound("Board " + board.name() + " has no freeze");
        }
        return board.freeze();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The result of setting a freeze. */
    public record Change(Freeze freeze, boolean created) {}
}
