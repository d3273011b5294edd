package dev.laurel.web.rankings;

import dev.laurel.ranking.ShownPlayer;
import dev.laurel.ranking.movement.PreviousPlaces;
import dev.laurel.ranking.row.ShownRow;

import java.time.Instant;
import java.util.Map;

/**
 * What entries of a ranking say about players in addition to their standings.
 *
 * @param previous that movements are measured against
 * @param players what is shown of their records; empty when nobody asked for it
 * @param rows what is shown of their standings by all metrics; likewise
 * @param tiers names of their tiers; likewise
 */
record EntryDetails(
        PreviousPlaces previous,
        Map<String, ShownPlayer> players,
        Map<String, ShownRow> rows,
        Map<String, String> tiers) {
    /** The rank before, or null. */
    Long previousRank(String playerId) {
        return previous.ranks().get(playerId);
    }

    /** When the positions were read that movements are measured against, or null. */
    Instant changeSince() {
        return previous.since();
    }

    ShownPlayer player(String playerId) {
        return players.getOrDefault(playerId, ShownPlayer.NOTHING);
    }

    /** The name of the player's tier, or null. */
    String tier(String playerId) {
        return tiers.get(playerId);
    }

    ShownRow row(String playerId) {
        return rows.getOrDefault(playerId, ShownRow.NOTHING);
    }
}
