package dev.laurel.board;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One life of a board.
 *
 * @param id internal number; a board deleted and created again gets another
 * @param name as clients address it
 * @param revision grows with every change of the definition, the seasons or the freeze
 * @param seasons in the order of time
 * @param freeze null when there is none
 */
public record Board(
        int id,
        String name,
        int revision,
        BoardDefinition definition,
        List<Season> seasons,
        Freeze freeze,
        Instant createdAt,
        Instant updatedAt) {
    /** The board as administrators see it: its rankings never stand still. */
    public Board unfrozen() {
        return freeze == null ? this : new Board(id, name, revision, definition, seasons, null, createdAt, updatedAt);
    }

    /** The same definition, seen by the same: what the public and administrators find is kept apart. */
    public boolean isSameAs(Board other) {
        return id == other.id && revision == other.revision && (freeze == null) == (other.freeze == null);
    }

    /** Whether the public's view of the rankings stands still. */
    public boolean frozen(Instant now) {
        return freeze != null && freeze.holds(now);
    }

    /** The season that holds an instant. */
    public Optional<Season> seasonAt(Instant instant) {
        return seasons.stream().filter(season -> season.holds(instant)).findFirst();
    }

    /** The season of an id. */
    public Optional<Season> season(String seasonId) {
        return seasons.stream().filter(season -> season.id().equals(seasonId)).findFirst();
    }
}
