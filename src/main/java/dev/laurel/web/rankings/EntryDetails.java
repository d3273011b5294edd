package dev.laurel.web.rankings;

import dev.laurel.ranking.ShownPlayer;

import java.util.Map;

/**
 * What entries of a ranking say about players beside their standings.
 *
 * @param previousRanks in the previous window, by player
 * @param players what is shown of their records; empty when nobody asked for it
 */
record EntryDetails(Map<String, Long> previousRanks, Map<String, ShownPlayer> players) {
    /** The rank in the previous window, or null. */
    Long previousRank(String playerId) {
        return previousRanks.get(playerId);
    }

    ShownPlayer player(String playerId) {
        return players.getOrDefault(playerId, ShownPlayer.NOTHING);
    }
}
