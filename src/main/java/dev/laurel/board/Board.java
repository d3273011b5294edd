package dev.laurel.board;

import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.shared.Tenant;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One life of a board.
 *
 * @param id internal number; a board deleted and created again gets another
 * @param name as clients of its tenant address it
 * @param revision grows with every change of the definition, the seasons or the freeze
 * @param seasons in the order of time
 * @param freeze null when there is none
 * @param filling periods that the board got later and that are still being filled from the ledger: not to be read
 */
public record Board(
        int id,
        Tenant tenant,
        String name,
        int revision,
        BoardDefinition definition,
        List<Season> seasons,
        Freeze freeze,
        Set<Period> filling,
        Instant createdAt,
        Instant updatedAt) {
    /** Names this definition of this life of the board: it changes with every change of either, and never comes back. */
    public String version() {
        return id + "." + revision;
    }

    /** What tells this board from all others that live. */
    public BoardName fullName() {
        return new BoardName(tenant, name);
    }

    /** The board as administrators see it: its rankings never stand still. */
    public Board unfrozen() {
        return freeze == null
                ? this
                : new Board(id, tenant, name, revision, definition, seasons, null, filling, createdAt, updatedAt);
    }

    /** The same definition, seen by the same: what the public and administrators find is kept apart. */
    public boolean isSameAs(Board other) {
        return id == other.id && revision == other.revision && (freeze == null) == (other.freeze == null);
    }

    /** Whether the public's view of the rankings stands still. */
    public boolean frozen(Instant now) {
        return freeze != null && freeze.holds(now);
    }

    /** Whether a period is being filled, or is made of days that are. */
    public boolean isFilling(Period period) {
        return filling.contains(period) || period.isRolling() && filling.contains(Period.DAILY);
    }

    /**
     * What holds for all corrections: none while a part of what counts is still on its way.
     *
     * @throws Unavailable while a period is being filled
     */
    public void requireFilled() {
        if (!filling.isEmpty()) {
            throw Unavailable.overloaded("Periods of board " + name + " are being filled; try again soon");
        }
    }

    /** The season that holds an instant. */
    public Optional<Season> seasonAt(Instant instant) {
        return seasons.stream().filter(season -> season.holds(instant)).findFirst();
    }

    /**
     * The season that the public is shown as the one that is running: while the board is frozen and no other one has begun,
     * the one that was running then.
     */
    public Optional<Season> seasonShown(Instant now) {
        return seasonAt(now).or(() -> frozen(now) ? seasonAt(freeze.at()) : Optional.empty());
    }

    /** The season of an id. */
    public Optional<Season> season(String seasonId) {
        return seasons.stream().filter(season -> season.id().equals(seasonId)).findFirst();
    }
}
