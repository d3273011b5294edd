package dev.laurel.standings.freeze;

import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the public sees of a frozen board: the windows that were open when it was frozen, and how many windows had been
 * closed by then.
 */
public final class FreezeSnapshot {
    /** The snapshot of a board that is not frozen: nothing is held back. */
    public static final FreezeSnapshot NONE = new FreezeSnapshot(0, Long.MAX_VALUE, List.of());

    private final int number;
    private final long closings;
    private final Map<Key, Pictured> byKey = new HashMap<>();
    private final Map<Key, Pictured> newest = new HashMap<>();

    FreezeSnapshot(int number, long closings, List<Pictured> windows) {
        this.number = number;
        this.closings = closings;
        for (Pictured one : windows) {
            byKey.put(new Key(one.period(), one.key()), one);
            newest.merge(new Key(one.period(), firstKey(one.key())), one, (a, b) -> a.key() > b.key() ? a : b);
        }
    }

    /** The number of the freeze; 0 when there is none. */
    public int number() {
        return number;
    }

    /** The number of the last closing visible to the public. */
    public long closings() {
        return closings;
    }

    /**
     * The window shown in place of another one: the generation that was newest at the freeze, or the one requested by
     * its number; null when that is not in the snapshot.
     */
    public WindowRef of(WindowRef window) {
        if (window.period().isRolling()) {
            return rolling(window);
        }
        Pictured found = window.id().indexOf('#') < 0
                ? newest.get(new Key(window.period(), firstKey(window.key())))
                : byKey.get(new Key(window.period(), window.key()));
        return found == null
                ? null
                : new WindowRef(window.board(), window.window(), found.key(), found.id(), WindowState.OPEN, true);
    }

    /** Whether the snapshot has a window with the given name at the time of the freeze. */
    public boolean names(Period period, String id) {
        return byKey.values().stream()
                .anyMatch(one -> one.period() == period && one.id().equals(id));
    }

    /** The rolling window that was running is shown unchanged for all later ones. */
    private WindowRef rolling(WindowRef window) {
        return newest.values().stream()
                .filter(one -> one.period() == window.period() && one.key() <= window.key())
                .findFirst()
                .map(one -> RollingWindows.of(window.board(), one.period(), one.key()))
                .orElse(null);
    }

    private static long firstKey(long key) {
        return key - Math.floorMod(key, (long) Window.MAX_GENERATIONS);
    }

    /**
     * A window in a snapshot.
     *
     * @param id its name at the time of the freeze
     */
    record Pictured(Period period, long key, String id) {}

    private record Key(Period period, long key) {}
}
