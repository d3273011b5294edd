package dev.laurel.imports;

/** Where an import stands. */
public enum ImportState {
    /** Waits for its turn. */
    QUEUED,
    RUNNING,
    /** All rows were accepted. */
    DONE,
    /** Some rows were refused; all others count. */
    DONE_WITH_ERRORS,
    /** Ended before the last row; the rows before count, unless the import is atomic. */
    FAILED,
    /** Ended on request; the rows before count. */
    CANCELLED,
    UNDOING,
    /** As if it had never been. */
    UNDONE;

    /** Whether nothing is being done or going to be done. */
    public boolean isOver() {
        return this != QUEUED && this != RUNNING && this != UNDOING;
    }
}
