package dev.laurel.board.rules;

/**
 * Who may use a board besides those whose credentials allow it.
 *
 * @param publicRead anyone may read it, without a credential
 * @param playerSubmissions players may submit scores of their own, with a credential of the scope {@code player}
 */
public record AccessRules(boolean publicRead, boolean playerSubmissions) {
    /** Nobody. */
    public static final AccessRules NONE = new AccessRules(false, false);
}
