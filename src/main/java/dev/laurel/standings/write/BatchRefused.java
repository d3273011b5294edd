package dev.laurel.standings.write;

/** Signals that PostgreSQL has refused a batch, and so has written nothing of it; one event of it may be the reason. */
public final class BatchRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param reason what a single event, or a batch that stands together, is told
     */
    public BatchRefused(Throwable reason) {
        super(reason.getMessage(), reason, false, false);
    }

    /** The reason of a refusal; any other failure as it is. */
    public static Throwable reasonOf(Throwable failure) {
        return failure instanceof BatchRefused ? failure.getCause() : failure;
    }
}
