package dev.laurel.feed;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who is next: those that were woken up, each once, in the order in which they were, and only so many at a time. One that is
 * woken up while it is at work is queued again when it has ended, behind all others: nobody holds up the rest.
 *
 * <p>For one thread.
 */
final class Turns<K> {
    private final int most;
    private final Map<K, Boolean> working = new HashMap<>();
    private final Set<K> waiting = new LinkedHashSet<>();

    /** @param most how many may be at work at once */
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

    /** The next one to begin; null when none waits, or enough are at work. */
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
     * Ends the work of one.
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
