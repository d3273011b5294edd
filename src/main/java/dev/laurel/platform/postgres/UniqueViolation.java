package dev.laurel.platform.postgres;

/** Signals that something that must be unique already exists. */
public final class UniqueViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String constraint;

    UniqueViolation(String constraint) {
        super("Taken: " + constraint, null, false, false);
        this.constraint = constraint;
    }

    /** The name of the violated constraint. */
    public String constraint() {
        return constraint;
    }
}
