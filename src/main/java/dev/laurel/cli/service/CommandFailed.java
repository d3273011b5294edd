package dev.laurel.cli.service;

/** Ends a command with a message and a code; nothing is wrong with the program. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    public CommandFailed(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
