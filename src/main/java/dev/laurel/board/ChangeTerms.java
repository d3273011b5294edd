package dev.laurel.board;

import dev.laurel.shared.Precondition;

/**
 * The conditions under which a definition is changed.
 *
 * @param confirmed whether the change is made even if it loses something
 */
public record ChangeTerms(Precondition precondition, boolean confirmed) {
    /** Whatever the present state, but nothing may be lost. */
    public static final ChangeTerms CAREFUL = new ChangeTerms(Precondition.NONE, false);

    /** Whatever the present state, and whatever is lost. */
    public static final ChangeTerms CONFIRMED = new ChangeTerms(Precondition.NONE, true);
}
