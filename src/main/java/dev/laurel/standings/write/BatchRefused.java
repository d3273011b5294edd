package dev.laurel.standings.write;

/** Signals that PostgreSQL has refused a batch and has written nothing of it; a single event may be the reason. */
public final class BatchRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason reported for a single event, or for a batch that stands or falls as a whole */
    public BatchRefused(Throwable reason) {
        super(reason.getMessage(), reason, false, false);
    }

    /** The reason of a refusal; any other failure unchanged. */
    public static Throwable reasonOf(Throwable failure) {
        return failure instanceof BatchRefused ? failure.getCause() : failure;
    }
}
