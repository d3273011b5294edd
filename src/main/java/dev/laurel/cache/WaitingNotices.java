package dev.laurel.cache;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Notices that have not been sent yet, each once. There is a bound: what exceeds it is dropped, since a process
 * that misses a notice finds the change in PostgreSQL.
 */
final class WaitingNotices {
    /** Sent together as one message of some 100 KB at most. */
    static final int MAX = 1_000;

    private final Set<ChangeNotice> waiting = new LinkedHashSet<>();
    private boolean sending;

    /** Adds a notice; returns whether the caller has to begin sending. */
    synchronized boolean add(ChangeNotice notice) {
        if (waiting.size() < MAX) {
            waiting.add(notice);
        }
        boolean begin = !sending;
        sending = true;
        return begin;
    }

    /** What is to be sent next; empty when there is nothing, and the next notice begins sending again. */
    synchronized List<ChangeNotice> take() {
        List<ChangeNotice> taken = new ArrayList<>(waiting);
        waiting.clear();
        sending = !taken.isEmpty();
        return taken;
    }
}
