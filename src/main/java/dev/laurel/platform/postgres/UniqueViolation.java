package dev.laurel.platform.postgres;

/** Something that there may be only once is there already. */
public final class UniqueViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String constraint;

    UniqueViolation(String constraint) {
        super("Taken: " + constraint, null, false, false);
        this.constraint = constraint;
    }

    /** The name of the constraint that is violated. */
    public String constraint() {
        return constraint;
    }
}
