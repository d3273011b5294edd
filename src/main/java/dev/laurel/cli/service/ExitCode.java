package dev.laurel.cli.service;

/** What a command ends with, for scripts. */
public final class ExitCode {
    public static final int OK = 0;

    /** The service has refused the request, or the work has failed. */
    public static final int FAILED = 1;

    /** The command line is wrong, or a file cannot be read or written. */
    public static final int USAGE = 2;

    /** The service does not answer, or cannot do anything at the moment: worth another try. */
    public static final int UNAVAILABLE = 3;

    /** Done, but some rows were refused. */
    public static final int DONE_WITH_ERRORS = 4;

    private ExitCode() {}
}
