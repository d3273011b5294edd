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
 * <p>A window becomes stale by {@link #mark}, or by the list that all processes share ({@link #adopt}). It stays so until a load
 * ends well that began after the last mark; a mark that arrives during a load is not settled by it. Nothing makes a window
 * readable again but such a load, or the list, once the window has been seen there and is gone from it.
 */
final class StaleWindowTracker {
    private final Map<Key, Mark> marks = new ConcurrentHashMap<>();
    private final Runnable onNew;

    /** @param onNew called for each window that had not been stale before */
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

    /** Whether Redis may be behind in a window, readable or not. */
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
     * Redis is or may be wrong about a window.
     *
     * @param readable whether it has all the same everything that was acknowledged
     */
    void mark(WindowRef window, boolean readable) {
        add(new Mark(window, readable, 0, false));
    }

    /** As {@link #mark}, and it is about to be written down for the other processes. */
    void markBeingListed(WindowRef window, boolean readable) {
        add(new Mark(window, readable, 0, true));
    }

    /** A window has been written down, under a number: no process reads it. */
    void markListed(WindowRef window, long number) {
        add(new Mark(window, false, number, false));
    }

    private void add(Mark mark) {
        if (marks.merge(Key.of(mark.window), mark, Mark::followedBy) == mark) {
            onNew.run();
        }
    }

    /** What is known of a window before a load of it begins; null when it is not stale. */
    Mark before(WindowRef window) {
        return marks.get(Key.of(window));
    }

    /** A load has ended well that began when this was known. A mark that was made during the load stays. */
    void settle(Mark before) {
        marks.remove(Key.of(before.window), before);
    }

    /** Adopts what others have written down, and drops what others have healed. */
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

    /** All stale windows, readable or not, in no order. */
    void forEach(Consumer<WindowRef> work) {
        marks.values().forEach(mark -> work.accept(mark.window));
    }

    private record Key(int board, Period period, long window) {
        static Key of(WindowRef window) {
            return new Key(window.board().id(), window.period(), window.key());
        }
    }

    /** What is known of one window. Compared by identity: every mark is another one. */
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

        /** Under which number the window was written down last; 0 while this process does not know. */
        long number() {
            return number;
        }

        /** Whether the window is just being written down: a load that begins meanwhile could not settle it. */
        boolean isBeingListed() {
            return beingListed;
        }

        /** What is known once something new is: no mark makes a window readable again. */
        private Mark followedBy(Mark now) {
            return new Mark(
                    now.window, readable && now.readable, now.number == 0 ? number : now.number, now.beingListed);
        }

        /** What is known once the list tells as much as this, which may be nothing new. */
        private Mark joinedBy(Mark told) {
            return !readable && number >= told.number ? this : new Mark(told.window, false, told.number, beingListed);
        }
    }
}
