package dev.laurel.achievement.rule;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is known of some players, as of one moment. */
public final class Facts {
    /** The window of facts that are not asked for each window. */
    public static final String ONCE = "";

    private final Map<Fact, Map<String, Map<String, Figure>>> known = new HashMap<>();

    public void put(Fact fact, String player, String window, Figure figure) {
        known.computeIfAbsent(fact, any -> new HashMap<>())
                .computeIfAbsent(player, any -> new HashMap<>())
                .put(window, figure);
    }

    /** Null when there is none. */
    public Figure of(Fact fact, String player, String window) {
        return windows(fact, player).get(window);
    }

    /** The windows for which any of some facts is known of a player. */
    Set<String> windows(Iterable<Fact> facts, String player) {
        Set<String> windows = new TreeSet<>();
        facts.forEach(fact -> windows.addAll(windows(fact, player).keySet()));
        return windows;
    }

    /** The last window for which any of some facts is known of a player; {@link #ONCE} when there is none. */
    public String latestWindow(Iterable<Fact> facts, String player) {
        Set<String> windows = windows(facts, player);
        return windows.stream().reduce(ONCE, (before, after) -> after);
    }

    private Map<String, Figure> windows(Fact fact, String player) {
        return known.getOrDefault(fact, Map.of()).getOrDefault(player, Map.of());
    }
}
