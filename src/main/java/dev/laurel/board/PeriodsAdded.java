package dev.laurel.board;

import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.Period;
import io.smallrye.mutiny.Uni;

import java.util.Set;

/**
 * Takes part in a change by which a board gets periods, or seasons get instants. It is called in the transaction of the change, after the new
 * definition has been written and behind the lock of the board: no event is being written, and the next one is counted
 * by the new definition.
 */
public interface PeriodsAdded {
    /**
     * Prepares what the added periods need.
     *
     * @param transaction runs statements that are committed or undone with the change
     * @param board the board with its new definition
     * @param added periods that the definition of before did not have; never empty
     * @return fails to undo the whole change
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
