package dev.laurel.platform.embedded.program;

/** The reason why the service has no stores to work with, worded for the user who starts it. */
public final class StoresUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoresUnavailableException(String... lines) {
        super(String.join(System.lineSeparator(), lines));
    }

    public StoresUnavailableException(Throwable cause, String... lines) {
        super(String.join(System.lineSeparator(), lines), cause);
    }
}
