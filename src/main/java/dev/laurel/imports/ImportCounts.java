package dev.laurel.imports;

/**
 * What became of the rows of a file.
 *
 * @param applied counted, and changed a standing
 * @param unchanged counted, and changed none
 * @param duplicates counted before
 * @param held for review
 */
public record ImportCounts(long applied, long unchanged, long duplicates, long held, long refused) {
    /** Nothing. */
    public static final ImportCounts NONE = new ImportCounts(0, 0, 0, 0, 0);

    /** These and others. */
    public ImportCounts plus(ImportCounts other) {
        return new ImportCounts(
                applied + other.applied,
                unchanged + other.unchanged,
                duplicates + other.duplicates,
                held + other.held,
                refused + other.refused);
    }
}
