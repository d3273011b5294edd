package dev.laurel.standings;

import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.SortOrder;
import dev.laurel.shared.Period;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns a batch of score events into the arrays that the SQL function {@code apply_scores} takes. */
final class BatchStatement {
    static final String SQL = """
            SELECT ord, outcome, version, new_scores, new_instants FROM apply_scores(
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)""";

    private BatchStatement() {}

    static Object[] arguments(List<ScoreWrite> batch, Instant received) {
        List<Object> arguments = new ArrayList<>(20);
        addBoards(arguments, batch);
        addWindows(arguments, batch);
        arguments.add(rounds(batch));
        arguments.add(batch.stream().map(w -> rule(w.board().definition())).toArray(Short[]::new));
        arguments.add(batch.stream().map(w -> w.board().id()).toArray(Integer[]::new));
        arguments.add(batch.stream().map(ScoreWrite::playerId).toArray(String[]::new));
        arguments.add(batch.stream().map(ScoreWrite::score).toArray(Long[]::new));
        arguments.add(batch.stream().map(ScoreWrite::occurredAt).toArray(Long[]::new));
        arguments.add(WindowRegistry.utc(received));
        arguments.add(batch.stream().map(ScoreWrite::clientEventId).toArray(String[]::new));
        arguments.add(batch.stream().map(ScoreWrite::contentHash).toArray(Long[]::new));
        arguments.add(batch.stream().map(ScoreWrite::attributes).toArray(String[]::new));
        for (Period period : Period.values()) {
            arguments.add(batch.stream().map(w -> keyOf(w, period)).toArray(Long[]::new));
        }
        return arguments.toArray();
    }

    private static void addBoards(List<Object> arguments, List<ScoreWrite> batch) {
        Map<Integer, Board> boards = new TreeMap<>();
        batch.forEach(w -> boards.put(w.board().id(), w.board()));
        arguments.add(boards.keySet().toArray(Integer[]::new));
        arguments.add(boards.values().stream().map(Board::revision).toArray(Integer[]::new));
    }

    private static void addWindows(List<Object> arguments, List<ScoreWrite> batch) {
        List<WindowRef> windows =
                batch.stream().flatMap(w -> w.windows().stream()).distinct().toList();
        arguments.add(windows.stream().map(w -> w.board().id()).toArray(Integer[]::new));
        arguments.add(windows.stream().map(w -> w.period().code()).toArray(Short[]::new));
        arguments.add(windows.stream().map(WindowRef::key).toArray(Long[]::new));
    }

    /** For each event its turn among the events of the same player. */
    private static Integer[] rounds(List<ScoreWrite> batch) {
        Map<List<Object>, Integer> seen = new HashMap<>();
        return batch.stream()
                .map(w -> seen.merge(List.of(w.board().id(), w.playerId()), 1, Integer::sum) - 1)
                .toArray(Integer[]::new);
    }

    private static Long keyOf(ScoreWrite write, Period period) {
        for (WindowRef window : write.windows()) {
            if (window.period() == period) {
                return window.key();
            }
        }
        return null;
    }

    private static Short rule(BoardDefinition definition) {
        int rule =
                switch (definition.operator()) {
                    case SUM -> 1;
                    case BEST -> definition.order() == SortOrder.DESC ? 2 : 3;
                    case LATEST -> 4;
                };
        return (short) rule;
    }
}
