package dev.laurel.shared;

import dev.laurel.shared.LaurelException.PreconditionFailed;

import java.util.Set;

/**
 * What must hold of a definition for a change to be made, as the requesting client believes it does.
 *
 * @param versions it must have one of these; null for any, or none
 * @param present it must exist
 * @param absent it must not exist yet
 */
public record Precondition(Set<String> versions, boolean present, boolean absent) {
    /** Always holds. */
    public static final Precondition NONE = new Precondition(null, false, false);

    /**
     * @param what the name of what is to be changed, such as "board"
     * @param version of what was found; null when there is nothing
     * @throws PreconditionFailed when it does not hold
     */
    public void require(String what, String version) {
        if (absent && version != null) {
            throw new PreconditionFailed("The " + what + " exists already");
        }
        if (present && version == null) {
            throw new PreconditionFailed("There is no such " + what);
        }
        if (versions != null && (version == null || !versions.contains(version))) {
            throw new PreconditionFailed("The " + what + " has changed since it was read, or is gone; read it again");
        }
    }
}
