package dev.laurel.standings.load;

import dev.laurel.standings.redis.TieKey;

/**
 * A standing as PostgreSQL has it, in the terms of the sorted set.
 *
 * @param version of the player: of the last event in any window, so it may be newer than this standing
 */
public record StoredStanding(String playerId, long version, long sortKey, String tieKey) {
    /** The player's value in the hash. */
    String value() {
        return version + ":" + sortKey + ":" + tieKey;
    }

    /** The member of the sorted set. */
    String member() {
        return TieKey.member(tieKey, playerId);
    }
}
