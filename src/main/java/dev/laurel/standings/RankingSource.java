package dev.laurel.standings;

import io.smallrye.mutiny.Uni;

import java.util.List;

/**
 * A store that can answer for the ranking of a window. All answer the same: same order, same places.
 *
 * <p>Each method fails with {@link WindowMoved} when the window is no longer what the caller believes it to be.
 */
public interface RankingSource {
    Source source();

    /** A stretch by offset, from 0. */
    Uni<Stretch> page(WindowRef window, long offset, int limit);

    /** The stretch behind a place. */
    Uni<Stretch> after(WindowRef window, OrderKey place, int limit);

    /** A player's place with up to {@code radius} neighbours on each side. */
    Uni<Place> around(WindowRef window, String playerId, int radius);

    /** The places of chosen players. */
    Uni<Selection> select(WindowRef window, List<String> playerIds);
}
