package dev.laurel.cli.service;

/** Ends a command with a message and a code; nothing is wrong with the program. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    /** What would be lost; null unless the service asks for a confirmation. */
    private final String loss;

    public CommandFailed(int code, String message) {
        this(code, message, null);
    }

    CommandFailed(int code, String message, String loss) {
        super(message, null, false, false);
        this.code = code;
        this.loss = loss;
    }

    public int code() {
        return code;
    }

    /** The same; if the service asks for a confirmation, it says what would be lost, and how this command is confirmed. */
    public CommandFailed confirmedBy(String option) {
        return loss == null
                ? this
                : new CommandFailed(
                        code, "Nothing was changed. " + loss + "\nRepeat it with " + option + " to accept that.");
    }
}
