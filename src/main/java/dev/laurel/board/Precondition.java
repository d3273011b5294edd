package dev.laurel.board;

import dev.laurel.shared.LaurelException.PreconditionFailed;

import java.util.Set;

/**
 * What must hold of a board for a change to be made, as the client that asks for the change believes it.
 *
 * @param versions the board must have one of these ({@link Board#version}); null for any board, or none
 * @param present the board must exist
 * @param absent the board must not exist yet
 */
public record Precondition(Set<String> versions, boolean present, boolean absent) {
    /** Always holds. */
    public static final Precondition NONE = new Precondition(null, false, false);

    /**
     * @param found null when there is no such board
     * @throws PreconditionFailed when it does not hold
     */
    void require(Board found) {
        if (absent && found != null) {
            throw new PreconditionFailed("The board exists already");
        }
        if (present && found == null) {
            throw new PreconditionFailed("There is no such board");
        }
        if (versions != null && (found == null || !versions.contains(found.version()))) {
            throw new PreconditionFailed(
                    "The board has been changed since it was read; read it again, and decide again");
        }
    }
}
