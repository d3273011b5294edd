package dev.laurel.testing;

import dev.laurel.testing.OracleRanking.Standing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A board kept in plain maps, event by event, that says what the service has to answer. */
public final class Oracle {

    private final BoardSpec board;
    private final Map<Window, Map<String, Standing>> windows = new LinkedHashMap<>();
    private final Set<String> players = new LinkedHashSet<>();

    /** One window of the board. */
    public record Window(Period period, String id) {}

    /** What an event did to the standings. */
    public enum Effect {
        /** At least one standing came to be or got another score. */
        APPLIED,
        /** No score changed, yet an equal one is now known to have been reached earlier. */
        ONLY_EARLIER,
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
        Set<Effect> effects = EnumSet.of(Effect.UNCHANGED);
        for (Period period : board.periods()) {
            Window window = new Window(period, period.windowAt(event.occurredAt(), board.zone()));
            Map<String, Standing> standings = windows.computeIfAbsent(window, none -> new LinkedHashMap<>());
            Standing before = standings.get(event.playerId());
            Standing after = before == null ? first(event) : combine(before, event);
            standings.put(event.playerId(), after);
            effects.add(effect(before, after));
        }
        return effects.iterator().next();
    }

    public Set<Window> windows() {
        return windows.keySet();
    }

    /** Everybody who sent an event that was accepted. */
    public Set<String> players() {
        return players;
    }

    public OracleRanking ranking(Window window) {
        return new OracleRanking(board, windows.getOrDefault(window, Map.of()).values());
    }

    private static Standing first(ScoreEvent event) {
        return new Standing(event.playerId(), event.score(), event.occurredAt());
    }

    private Standing combine(Standing before, ScoreEvent event) {
        return switch (board.operator()) {
            case "SUM" -> add(before, event);
            case "BEST" -> better(before, event);
            case "LATEST" -> event.score().compareTo(before.score()) == 0 ? before : first(event);
            default -> throw new IllegalArgumentException(board.operator());
        };
    }

    private static Standing add(Standing before, ScoreEvent event) {
        if (event.score().signum() == 0) {
            return before;
        }
        BigDecimal sum = before.score().add(event.score());
        return new Standing(before.playerId(), sum, later(before.achievedAt(), event.occurredAt()));
    }

    private Standing better(Standing before, ScoreEvent event) {
        int order = event.score().compareTo(before.score()) * (board.descending() ? 1 : -1);
        if (order == 0) {
            Instant earlier = later(before.achievedAt(), event.occurredAt()).equals(event.occurredAt())
                    ? before.achievedAt()
                    : event.occurredAt();
            return new Standing(before.playerId(), before.score(), earlier);
        }
        return order > 0 ? first(event) : before;
    }

    private static Effect effect(Standing before, Standing after) {
        if (before == null || before.score().compareTo(after.score()) != 0) {
            return Effect.APPLIED;
        }
        return before.achievedAt().equals(after.achievedAt()) ? Effect.UNCHANGED : Effect.ONLY_EARLIER;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
