package dev.laurel.standings.write;

import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Operator;
import dev.laurel.board.SortOrder;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.write.ScoreWrite.Effect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns a batch of score events into the arrays that the SQL function {@code apply_scores} takes. */
final class BatchStatement {
    /** The number of arguments of {@link #SQL}. */
    static final int ARGUMENTS = 28;

    static final String SQL = """
            SELECT ord, outcome, version, new_scores, new_instants, new_more, barred FROM apply_scores(
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
                $25, $26, $27, $28)""";

    /** As {@link #SQL}, for a batch of which only the outcomes matter. */
    static final String OUTCOMES = SQL.replace(", version, new_scores, new_instants, new_more, barred", "");

    /** As {@link #SQL}, for a batch in which events have companions. */
    static final String ACCOMPANIED = """
            SELECT ord, outcome, version, new_scores, new_instants, new_more, barred, answer FROM apply_accompanied(
                $29, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
                $25, $26, $27, $28)""";

    /** The rules of {@code apply_scores}. */
    private static final Short SUM = 1;

    private static final Short GREATEST = 2;
    private static final Short SMALLEST = 3;
    private static final Short REPLACE = 4;
    private static final Short LATEST = 6;

    /** Periods whose windows are stored in a row of {@code standing}. */
    private static final int SLOTS = 6;

    private final int size;
    private final Map<Integer, Board> boards = new TreeMap<>();
    private final Set<WindowRef> windows = new LinkedHashSet<>();
    private final Map<PlayerKey, Integer> turns = new HashMap<>();
    private final Integer[] rounds;
    private final Short[] rules;
    private final Integer[] eventBoards;
    private final String[] players;
    private final Long[] scores;
    private final String[] furtherMetrics;
    private final Long[] maxSteps;
    private final Long[] occurred;
    private final String[] ids;
    private final Long[] hashes;
    private final String[] attributes;
    private final Short[] periods;
    private final Long[][] slots;
    private final BatchActivities activities;

    private BatchStatement(int size) {
        this.size = size;
        this.rounds = new Integer[size];
        this.rules = new Short[size];
        this.eventBoards = new Integer[size];
        this.players = new String[size];
        this.scores = new Long[size];
        this.furtherMetrics = new String[size];
        this.maxSteps = new Long[size];
        this.occurred = new Long[size];
        this.ids = new String[size];
        this.hashes = new Long[size];
        this.attributes = new String[size];
        this.periods = new Short[size];
        this.slots = new Long[SLOTS][size];
        this.activities = new BatchActivities(size);
    }

    /** @param allOrNothing whether an event id already taken by different content fails the whole batch */
    static Object[] arguments(List<ScoreWrite> batch, boolean allOrNothing) {
        BatchStatement statement = new BatchStatement(batch.size());
        for (int i = 0; i < statement.size; i++) {
            statement.add(i, batch.get(i));
        }
        return statement.arguments(allOrNothing);
    }

    /** As {@link #arguments}, for {@link #ACCOMPANIED}. */
    static Object[] accompanied(List<ScoreWrite> batch, boolean allOrNothing) {
        Object[] own = arguments(batch, allOrNothing);
        Object[] all = Arrays.copyOf(own, own.length + 1);
        all[own.length] = batch.stream().map(ScoreWrite::companion).toArray(String[]::new);
        return all;
    }

    private void add(int i, ScoreWrite write) {
        Board board = write.board();
        boards.put(board.id(), board);
        rounds[i] = turns.merge(new PlayerKey(board.id(), write.playerId()), 1, Integer::sum) - 1;
        rules[i] = write.effect() == Effect.REPLACE ? REPLACE : rule(board.definition());
        eventBoards[i] = board.id();
        players[i] = write.playerId();
        scores[i] = write.score();
        furtherMetrics[i] = furtherMetrics(write);
        // The size of an added score has already been checked; no standing is needed for that.
        maxSteps[i] = board.definition().operator() == Operator.SUM || write.effect() != Effect.OPERATE
                ? null
                : board.definition().maxStep();
        occurred[i] = write.occurredAt();
        ids[i] = write.clientEventId();
        hashes[i] = write.contentHash();
        attributes[i] = write.attributes();
        periods[i] = bits(write.onlyIn());
        activities.add(i, write.activity());
        for (WindowRef window : write.windows()) {
            windows.add(window);
            slots[window.period().code() - 1][i] = window.key();
        }
    }

    private Object[] arguments(boolean allOrNothing) {
        return new Object[] {
            boards.keySet().toArray(Integer[]::new),
            boards.values().stream().map(Board::revision).toArray(Integer[]::new),
            windows.stream().map(window -> window.board().id()).toArray(Integer[]::new),
            windows.stream().map(window -> window.period().code()).toArray(Short[]::new),
            windows.stream().map(WindowRef::key).toArray(Long[]::new),
            rounds,
            rules,
            eventBoards,
            players,
            scores,
            furtherMetrics,
            maxSteps,
            occurred,
            ids,
            hashes,
            attributes,
            periods,
            slots[0],
            slots[1],
            slots[2],
            slots[3],
            slots[4],
            slots[5],
            allOrNothing,
            activities.names(),
            activities.tags(),
            activities.outcomes(),
            activities.durations()
        };
    }

    private static String furtherMetrics(ScoreWrite write) {
        if (write.furtherMetrics().isEmpty()) {
            return null;
        }
        List<String> pairs = new ArrayList<>(write.furtherMetrics().size());
        for (Long score : write.furtherMetrics()) {
            pairs.add(score == null ? "NULL,NULL" : score + "," + write.occurredAt());
        }
        return "{" + String.join(",", pairs) + "}";
    }

    private static Short rule(BoardDefinition definition) {
        return switch (definition.operator()) {
            case SUM -> SUM;
            case BEST -> definition.order() == SortOrder.DESC ? GREATEST : SMALLEST;
            case LATEST -> LATEST;
        };
    }

    /** One bit for each period, the lowest for code 1; null for all. */
    private static Short bits(Set<Period> periods) {
        int bits = periods.stream().mapToInt(period -> 1 << (period.code() - 1)).sum();
        return bits == 0 ? null : (short) bits;
    }

    private record PlayerKey(int board, String player) {}
}
