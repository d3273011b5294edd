package dev.laurel.standings.audit;

import dev.laurel.standings.load.StoredStanding;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A standing as Redis holds it.
 *
 * @param placed whether set and hash agree on it
 */
record HeldStanding(long version, long sortKey, String tieKey, boolean placed) {
    private static final Pattern FORMAT = Pattern.compile("(\\d{1,18}):(-?\\d{1,16}):(~?[0-9a-f]{12})");
    private static final HeldStanding MISSING = new HeldStanding(0, 0, "", false);
    private static final HeldStanding UNREADABLE = new HeldStanding(-1, 0, "", false);

    /**
     * Parses what Redis returns; either part is empty where Redis has nothing.
     *
     * @param held by the hash: version, sort key and tie key
     * @param sort the sort key under which the set has that member
     */
    static HeldStanding of(String held, String sort) {
        if (held.isEmpty()) {
            return MISSING;
        }
        Matcher parts = FORMAT.matcher(held);
        if (!parts.matches()) {
            return UNREADABLE;
        }
        long sortKey = Long.parseLong(parts.group(2));
        return new HeldStanding(
                Long.parseLong(parts.group(1)), sortKey, parts.group(3), sort.equals(Long.toString(sortKey)));
    }

    /** Whether Redis has nothing of the player. */
    boolean isMissing() {
        return this == MISSING;
    }

    /** Compares this standing with the one in PostgreSQL. */
    Verdict beside(StoredStanding stored) {
        if (this == MISSING) {
            return Verdict.BEHIND;
        }
        if (!placed) {
            return Verdict.DAMAGED;
        }
        if (version > stored.version()) {
            return Verdict.AHEAD;
        }
        if (sortKey == stored.sortKey() && tieKey.equals(stored.tieKey())) {
            return Verdict.EQUAL;
        }
        return version < stored.version() ? Verdict.BEHIND : Verdict.DAMAGED;
    }

    /** How a standing in Redis relates to the one in PostgreSQL. */
    enum Verdict {
        EQUAL,
        /** Missing or older: PostgreSQL's value may be on its way. */
        BEHIND,
        /** Newer: PostgreSQL may have been read too early, or has lost something. */
        AHEAD,
        /** Wrong, whatever is on its way: set and hash disagree, or one version has two values. */
        DAMAGED
    }
}
