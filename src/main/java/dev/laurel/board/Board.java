package dev.laurel.board;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One life of a board.
 *
 * @param id internal number; a board deleted and created again gets another
 * @param name as clients address it
 * @param revision grows with every change of the definition or the seasons
 * @param seasons in the order of time
 */
public record Board(
        int id,
        String name,
        int revision,
        BoardDefinition definition,
        List<Season> seasons,
        Instant createdAt,
        Instant updatedAt) {
    /** The season that holds an instant. */
    public Optional<Season> seasonAt(Instant instant) {
        return seasons.stream().filter(season -> season.holds(instant)).findFirst();
    }

    /** The season of an id. */
    public Optional<Season> season(String seasonId) {
        return seasons.stream().filter(season -> season.id().equals(seasonId)).findFirst();
    }
}
