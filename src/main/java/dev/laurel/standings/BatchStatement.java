package dev.laurel.standings;

import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.SortOrder;
import dev.laurel.shared.Period;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns a batch of score events into the arrays that the SQL function {@code apply_scores} takes. */
final class BatchStatement {
    static final String SQL = """
            SELECT ord, outcome, version, new_scores, new_instants FROM apply_scores(
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)""";

    private final int size;
    private final Map<Integer, Board> boards = new TreeMap<>();
    private final Set<WindowRef> windows = new LinkedHashSet<>();
    private final Map<PlayerKey, Integer> turns = new HashMap<>();
    private final Integer[] rounds;
    private final Short[] rules;
    private final Integer[] eventBoards;
    private final String[] players;
    private final Long[] scores;
    private final Long[] occurred;
    private final String[] ids;
    private final Long[] hashes;
    private final String[] attributes;
    private final Long[][] slots;

    private BatchStatement(int size) {
        this.size = size;
        this.rounds = new Integer[size];
        this.rules = new Short[size];
        this.eventBoards = new Integer[size];
        this.players = new String[size];
        this.scores = new Long[size];
        this.occurred = new Long[size];
        this.ids = new String[size];
        this.hashes = new Long[size];
        this.attributes = new String[size];
        this.slots = new Long[Period.values().length][size];
    }

    /**
     * @param allOrNothing whether an event id that is taken by other content fails the whole batch
     */
    static Object[] arguments(List<ScoreWrite> batch, boolean allOrNothing) {
        BatchStatement statement = new BatchStatement(batch.size());
        for (int i = 0; i < statement.size; i++) {
            statement.add(i, batch.get(i));
        }
        return statement.arguments(allOrNothing);
    }

    private void add(int i, ScoreWrite write) {
        Board board = write.board();
        boards.put(board.id(), board);
        rounds[i] = turns.merge(new PlayerKey(board.id(), write.playerId()), 1, Integer::sum) - 1;
        rules[i] = rule(board.definition());
        eventBoards[i] = board.id();
        players[i] = write.playerId();
        scores[i] = write.score();
        occurred[i] = write.occurredAt();
        ids[i] = write.clientEventId();
        hashes[i] = write.contentHash();
        attributes[i] = write.attributes();
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
            occurred,
            ids,
            hashes,
            attributes,
            slots[0],
            slots[1],
            slots[2],
            slots[3],
            slots[4],
            allOrNothing
        };
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

    private record PlayerKey(int board, String player) {}
}
