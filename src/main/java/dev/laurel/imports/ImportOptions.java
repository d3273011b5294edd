package dev.laurel.imports;

import dev.laurel.correction.Decision;
import dev.laurel.imports.file.mapping.ImportMode;

import java.time.Instant;

/**
 * How the rows of a file are to be imported.
 *
 * @param season whose baseline is meant; null for none
 * @param mapping the meanings of columns by header, as JSON; guessed for those that it does not name
 * @param sheet of a spreadsheet; null for the first one
 * @param dryRun whether everything is checked and nothing is changed
 * @param atomic whether nothing is changed if a row is refused
 * @param at the instant of rows without one
 * @param dated whether the client has chosen that instant
 */
public record ImportOptions(
        ImportMode mode,
        String season,
        String mapping,
        String sheet,
        boolean dryRun,
        boolean atomic,
        OnChange onChange,
        ClosedWindows closedWindows,
        Instant at,
        boolean dated,
        Decision decision) {
    /** What a file does to earlier imports of files of the same name. */
    public enum OnChange {
        /** Its rows count in addition. */
        ADD,
        /** The earlier imports are undone first. */
        REPLACE
    }

    /** What becomes of rows that are older than the board accepts from clients. */
    public enum ClosedWindows {
        /** They are refused. */
        REFUSE,
        /** They count, and the archives of closed windows are ranked again. */
        REWRITE
    }
}
