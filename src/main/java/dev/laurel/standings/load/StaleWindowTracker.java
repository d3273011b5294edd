package dev.laurel.standings.load;

import dev.laurel.shared.Period;
import dev.laurel.standings.load.StaleWindows.Marked;
import dev.laurel.standings.window.WindowRef;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What one process knows of windows that may be stale in Redis: which of them must not be read, and what settles each.
 *
 * <p>A window becomes stale by {@link #mark}, or by the list that all processes share ({@link #adopt}). It stays so
 * until a load succeeds that began after the last mark; a mark that arrives during a load is not settled by it. Only
 * such a load makes a window readable again, or its removal from the list once it has been seen there.
 */
final class StaleWindowTracker {
    private final Map<Key, Mark> marks = new ConcurrentHashMap<>();
    private final Runnable onNew;

    /** @param onNew called for each window that was not stale before */
    StaleWindowTracker(Runnable onNew) {
        this.onNew = onNew;
    }

    /** Whether a window must not be read from Redis. */
    boolean isUnreadable(WindowRef window) {
        if (marks.isEmpty()) {
            return false;
        }
        Mark mark = marks.get(Key.of(window));
        return mark != null && !mark.readable;
    }

    /** Whether Redis may lag behind in a window, readable or not. */
    boolean isStale(WindowRef window) {
        return marks.containsKey(Key.of(window));
    }

    int size() {
        return marks.size();
    }

    /** For the gauge: the map itself, whose size is the number of stale windows. */
    Map<?, ?> asMap() {
        return marks;
    }

    /**
     * Marks a window about which Redis is or may be wrong.
     *
     * @param readable whether Redis nevertheless has everything that was acknowledged
     */
    void mark(WindowRef window, boolean readable) {
        add(new Mark(window, readable, 0, false));
    }

    /** As {@link #mark}, for a window whose mark is about to be recorded for the other processes. */
    void markBeingListed(WindowRef window, boolean readable) {
        add(new Mark(window, readable, 0, true));
    }

    /** Notes that a mark has been recorded under a number: no process reads the window. */
    void markListed(WindowRef window, long number) {
        add(new Mark(window, false, number, false));
    }

    private void add(Mark mark) {
        if (marks.merge(Key.of(mark.window), mark, Mark::followedBy) == mark) {
            onNew.run();
        }
    }

    /** The mark of a window before a load of it begins; null when it is not stale. */
    Mark before(WindowRef window) {
        return marks.get(Key.of(window));
    }

    /** Settles a mark by a load that began when it was known and succeeded. A mark made during the load stays. */
    void settle(Mark before) {
        marks.remove(Key.of(before.window), before);
    }

    /** Adopts the marks recorded by other processes, and drops those that they have settled. */
    void adopt(List<Marked> listed) {
        for (Marked one : listed) {
            Mark told = new Mark(one.window(), false, one.marks(), false);
            marks.merge(Key.of(one.window()), told, Mark::joinedBy);
        }
        Set<Key> onList = listed.stream().map(one -> Key.of(one.window())).collect(Collectors.toSet());
        marks.forEach((key, known) -> {
            if (known.listed && !known.beingListed && !onList.contains(key)) {
                marks.remove(key, known);
            }
        });
        marks.forEach((key, known) -> known.listed |= onList.contains(key));
    }

    /** Visits all stale windows, readable or not, in no particular order. */
    void forEach(Consumer<WindowRef> work) {
        marks.values().forEach(mark -> work.accept(mark.window));
    }

    private record Key(int board, Period period, long window) {
        static Key of(WindowRef window) {
            return new Key(window.board().id(), window.period(), window.key());
        }
    }

    /** The mark of one window. Compared by identity: every mark is distinct. */
    static final class Mark {
        private final WindowRef window;
        private final boolean readable;
        private final long number;
        private final boolean beingListed;

        /** Whether it has been seen on the list, so that its absence there means something. */
        private volatile boolean listed;

        private Mark(WindowRef window, boolean readable, long number, boolean beingListed) {
            this.window = window;
            this.readable = readable;
            this.number = number;
            this.beingListed = beingListed;
        }

        WindowRef window() {
            return window;
        }

        /** The number under which the window was last recorded; 0 while unknown to this process. */
        long number() {
            return number;
        }

        /** Whether the mark is just being recorded: a load that begins meanwhile could not settle it. */
        boolean isBeingListed() {
            return beingListed;
        }

        /** Combines this mark with a newer one: no mark makes a window readable again. */
        private Mark followedBy(Mark now) {
            return new Mark(
                    now.window, readable && now.readable, now.number == 0 ? number : now.number, now.beingListed);
        }

        /** Combines this mark with the one on the list, which may be nothing new. */
        private Mark joinedBy(Mark told) {
            return !readable && number >= told.number ? this : new Mark(told.window, false, told.number, beingListed);
        }
    }
}
