package dev.laurel.database;

import java.time.Duration;
import java.util.List;

/**
 * A step of an optimization.
 *
 * @param object an index or a table; null for a step that has none
 * @param statements in order; none for a step that is not done in the database
 * @param reason why it is worth doing
 * @param state what became of it
 * @param took null until it has ended
 * @param detail what was found or why it failed; null when there is nothing to say
 */
public record Step(
        Action action,
        String object,
        List<String> statements,
        String reason,
        State state,
        Duration took,
        String detail) {
    /** A step that is still to be done. */
    static Step planned(Action action, String object, String reason, List<String> statements) {
        return new Step(action, object, statements, reason, State.PLANNED, null, null);
    }

    public Step ended(State how, Duration duration, String what) {
        return new Step(action, object, statements, reason, how, duration, what);
    }

    /** What became of a step. */
    public enum State {
        PLANNED,
        RUNNING,
        DONE,
        FAILED,
        /** Not begun, since there was no time left, or PostgreSQL became unavailable. */
        SKIPPED
    }
}
