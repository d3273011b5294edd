package dev.laurel.testing;

import dev.laurel.testing.OracleRanking.Standing;
import dev.laurel.testing.PlayerHistory.Step;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A board kept in plain maps, event by event, that says what the service has to answer. */
public final class Oracle {

    private final BoardSpec board;
    private final Map<Window, Map<String, PlayerHistory>> windows = new LinkedHashMap<>();
    private final Map<Window, Set<String>> barred = new LinkedHashMap<>();
    private final Set<String> hidden = new HashSet<>();
    private final Set<String> players = new LinkedHashSet<>();

    /** One window of the board. */
    public record Window(Period period, String id) {}

    /** What an event did to the standings. */
    public enum Effect {
        /** At least one standing came to be or got another score. */
        APPLIED,
        /** No score changed, yet it is now known to have been reached at another instant. */
        ONLY_INSTANT,
        /** Nothing changed. */
        UNCHANGED
    }

    public Oracle(BoardSpec board) {
        this.board = board;
    }

    public BoardSpec board() {
        return board;
    }

    /** Accepts an event that has a time of its own. */
    public Effect accept(ScoreEvent event) {
        players.add(event.playerId());
        Step step = new Step(scores(event.score(), event.metrics()), event.occurredAt(), null);
        Set<Effect> effects = EnumSet.of(Effect.UNCHANGED);
        for (Window window : windowsAt(event.occurredAt())) {
            effects.add(add(window, event.playerId(), step));
        }
        return effects.iterator().next();
    }

    /** The windows of all periods that an instant belongs to. */
    public List<Window> windowsAt(Instant instant) {
        return board.periods().stream()
                .filter(Period.calendar()::contains)
                .map(period -> new Window(period, period.windowAt(instant, board.zone())))
                .toList();
    }

    /** The numbers of all metrics in their order; one that is not given is 0. */
    public List<BigDecimal> scores(BigDecimal score, Map<String, BigDecimal> metrics) {
        List<BigDecimal> scores = new ArrayList<>(List.of(score));
        board.metrics().stream().skip(1).forEach(name -> scores.add(metrics.getOrDefault(name, BigDecimal.ZERO)));
        return scores;
    }

    /** Puts an adjustment into some windows. */
    public void adjust(List<Window> chosen, String playerId, List<BigDecimal> scores, Instant at, long adjustment) {
        players.add(playerId);
        chosen.forEach(window -> add(window, playerId, new Step(scores, at, adjustment)));
    }

    /** Takes an adjustment back: it has never been. */
    public void undo(List<Window> chosen, String playerId, long adjustment) {
        for (Window window : chosen) {
            if (windows.get(window).get(playerId).forget(adjustment)) {
                windows.get(window).remove(playerId);
            }
        }
        if (windows.values().stream().noneMatch(histories -> histories.containsKey(playerId))) {
            players.remove(playerId);
        }
    }

    /** Whether a player's standing in a window is the sum of nothing but zeros. */
    public boolean isIdle(Window window, String playerId, int metric) {
        return windows.get(window).get(playerId).isIdle(metric);
    }

    private Effect add(Window window, String playerId, Step step) {
        PlayerHistory history = windows.computeIfAbsent(window, none -> new LinkedHashMap<>())
                .computeIfAbsent(playerId, none -> new PlayerHistory(board, playerId));
        List<Standing> before = history.standings();
        history.add(step);
        return effect(before, history.standings());
    }

    /** Takes a player out of a window's rankings; answers whether that is new. */
    public boolean disqualify(Window window, String playerId) {
        return barred.computeIfAbsent(window, none -> new HashSet<>()).add(playerId);
    }

    /** Lets a player in again; answers whether that is new. */
    public boolean reinstate(Window window, String playerId) {
        return barred.getOrDefault(window, new HashSet<>()).remove(playerId);
    }

    public boolean isBarred(Window window, String playerId) {
        return barred.getOrDefault(window, Set.of()).contains(playerId);
    }

    /** Takes a player out of all rankings: to this board the player is unknown. */
    public void hide(String playerId) {
        hidden.add(playerId);
    }

    /** Lets a player in everywhere. */
    public void show(String playerId) {
        hidden.remove(playerId);
    }

    public boolean hasStanding(Window window, String playerId) {
        return windows.getOrDefault(window, Map.of()).containsKey(playerId);
    }

    public Set<Window> windows() {
        return windows.keySet();
    }

    /** Everybody who sent an event that was accepted, or was adjusted, and is not hidden. */
    public Set<String> players() {
        Set<String> known = new LinkedHashSet<>(players);
        known.removeAll(hidden);
        return known;
    }

    /** The ranking by the first metric. */
    public OracleRanking ranking(Window window) {
        return ranking(window, 0);
    }

    /** The ranking by one of the board's metrics. */
    public OracleRanking ranking(Window window, int metric) {
        Collection<PlayerHistory> histories =
                windows.getOrDefault(window, Map.of()).values();
        return new OracleRanking(
                board,
                histories.stream()
                        .map(history -> history.standings().get(metric))
                        .filter(standing -> !isBarred(window, standing.playerId()))
                        .filter(standing -> !hidden.contains(standing.playerId()))
                        .toList());
    }

    private static Effect effect(List<Standing> before, List<Standing> after) {
        if (before.isEmpty()) {
            return Effect.APPLIED;
        }
        for (int metric = 0; metric < after.size(); metric++) {
            if (before.get(metric).score().compareTo(after.get(metric).score()) != 0) {
                return Effect.APPLIED;
            }
        }
        return before.equals(after) ? Effect.UNCHANGED : Effect.ONLY_INSTANT;
    }
}
