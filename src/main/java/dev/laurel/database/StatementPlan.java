package dev.laurel.database;

import java.util.List;

/**
 * How the server would carry out a statement.
 *
 * @param text without the values of its parameters
 * @param lines the generic plan, which holds for any values, with what the planner expects it to cost
 */
public record StatementPlan(long id, String text, List<String> lines) {
    public StatementPlan {
        lines = List.copyOf(lines);
    }
}
