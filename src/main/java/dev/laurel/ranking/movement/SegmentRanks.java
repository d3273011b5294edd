package dev.laurel.ranking.movement;

import dev.laurel.board.RankMode;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Ranks among some of the players of a ranking, from the ranks among all: the order is the same, and so are ties. */
final class SegmentRanks {
    private SegmentRanks() {}

    /**
     * The ranks of some players among those of a segment.
     *
     * @param all ranks in the whole ranking of all players of the segment who had one
     * @param playerIds the players asked for
     */
    static Map<String, Long> among(Map<String, Long> all, Collection<String> playerIds, RankMode mode) {
        long[] better =
                all.values().stream().mapToLong(Long::longValue).sorted().toArray();
        // Of ordinal ranks none occurs twice.
        long[] counted =
                mode == RankMode.DENSE ? Arrays.stream(better).distinct().toArray() : better;
        Map<Long, Long> places = new HashMap<>();
        for (int i = 0; i < counted.length; i++) {
            places.putIfAbsent(counted[i], i + 1L);
        }
        Map<String, Long> ranks = new HashMap<>();
        for (String playerId : playerIds) {
            Long rank = all.get(playerId);
            if (rank != null) {
                ranks.put(playerId, places.get(rank));
            }
        }
        return ranks;
    }
}
