package dev.laurel.standings.rank;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The standings of players by their ids, for generations of sorted standings of which each is made out of the one before. An
 * entry says since when it applies, so that older generations notice what they must not take from it.
 */
final class StandingIndex {
    static final long FIRST = 0;

    /** How many entries of players without a standing any more are kept in any case. */
    private static final int GONE = 1_000;

    private final Map<String, Entry> entries;
    private final AtomicLong latest = new AtomicLong(FIRST);

    StandingIndex(Standing[] standings) {
        this.entries = new ConcurrentHashMap<>(standings.length * 4 / 3 + 1);
        for (Standing standing : standings) {
            entries.put(standing.playerId(), new Entry(FIRST, standing));
        }
    }

    /**
     * Enters what the generation after another one has changed. An attempt that fails on the way counts: the generation before
     * gets no second successor here.
     *
     * @param size number of standings of the new generation
     * @return false, with nothing entered, if that one has a successor, or too many entries are of players who are gone
     */
    boolean extend(long generation, int size, Collection<String> changed, Standing[] added) {
        if (entries.size() > 2 * (size + GONE) || !latest.compareAndSet(generation, generation + 1)) {
            return false;
        }
        changed.forEach(player -> entries.put(player, new Entry(generation + 1, null)));
        for (Standing one : added) {
            entries.put(one.playerId(), new Entry(generation + 1, one));
        }
        return true;
    }

    /** Null for a player who has no standing in any generation. */
    Entry of(String playerId) {
        return entries.get(playerId);
    }

    /**
     * @param generation that the entry was made for, and applies to until there is another one
     * @param standing null when the player has none
     */
    record Entry(long generation, Standing standing) {}
}
