package dev.laurel.access.token;

/** A token that is not accepted. Why is not said: it would help those who try. */
final class InvalidToken extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidToken() {
        super("The token is not valid", null, false, false);
    }
}
