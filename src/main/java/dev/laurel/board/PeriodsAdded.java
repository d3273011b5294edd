package dev.laurel.board;

import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.Period;
import io.smallrye.mutiny.Uni;

import java.util.Set;

/**
 * Takes part in a change that adds periods to a board, or that gives its seasons other instants. It is called in the
 * transaction of the change, after the new definition has been written and under the board's lock: no event is being
 * written, and the next one is counted by the new definition.
 */
public interface PeriodsAdded {
    /**
     * Prepares what the added periods need.
     *
     * @param transaction runs statements that are committed or rolled back with the change
     * @param board the board with its new definition
     * @param added periods that the previous definition did not have; never empty
     * @return fails to roll back the whole change
     */
    Uni<Void> added(Statements transaction, Board board, Set<Period> added);

    /**
     * Prepares what seasons need that a change has created or moved.
     *
     * @param transaction runs statements that are committed or undone with the change
     * @param before the board with its seasons of before
     * @param after the board with its new ones
     * @return fails to undo the whole change
     */
    Uni<Void> seasonsChanged(Statements transaction, Board before, Board after);
}
