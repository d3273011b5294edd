package dev.laurel.standings;

/**
 * A standing as PostgreSQL has it, in the terms of the sorted set.
 *
 * @param version of the player: of the last event in any window, so it may be newer than this standing
 */
record StoredStanding(String playerId, long version, long sortKey, String tieKey) {}
