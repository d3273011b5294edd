package dev.laurel.feed;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Schedules turns: keys that were woken up, each once, in the order of their wake-ups, and only so many at a time. A
 * key woken up during its turn is queued again after it, behind all others: no key holds up the rest.
 *
 * <p>Not thread-safe.
 */
final class Turns<K> {
    private final int most;
    private final Map<K, Boolean> working = new HashMap<>();
    private final Set<K> waiting = new LinkedHashSet<>();

    /** @param most maximum number of turns in progress */
    Turns(int most) {
        this.most = most;
    }

    void wake(K key) {
        if (working.containsKey(key)) {
            working.put(key, true);
        } else {
            waiting.add(key);
        }
    }

    /** The next key to begin; null when none waits, or enough are in progress. */
    K next() {
        Iterator<K> first = waiting.iterator();
        if (working.size() >= most || !first.hasNext()) {
            return null;
        }
        K key = first.next();
        first.remove();
        working.put(key, false);
        return key;
    }

    /**
     * Ends the turn of a key.
     *
     * @return whether it was woken up meanwhile; it is not queued for that
     */
    boolean end(K key) {
        return Boolean.TRUE.equals(working.remove(key));
    }

    int atWork() {
        return working.size();
    }

    void clear() {
        waiting.clear();
    }
}
