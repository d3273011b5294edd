package dev.laurel.database;

import java.util.List;

/**
 * What is to be done.
 *
 * @param createIndexes creates the service's indexes that are missing, and rebuilds invalid ones
 * @param dropIndexes names of indexes to drop, which must not be the service's own
 * @param vacuum removes dead rows where there are many
 * @param analyze gathers the planner's statistics where many rows have changed
 */
public record OptimizeOrder(boolean createIndexes, List<String> dropIndexes, boolean vacuum, boolean analyze) {
    public OptimizeOrder {
        dropIndexes = List.copyOf(dropIndexes);
    }
}
