package dev.laurel.imports;

/** What is being done for an import. */
public enum ImportPhase {
    /** All rows are checked before any is applied. */
    CHECK,
    /** Rows are applied. */
    APPLY,
    /** Archives are ranked again, and windows are loaded. */
    SHOW,
    /** What it has written is removed. */
    UNDO
}
