package dev.laurel.imports.file.table;

/**
 * How a table was found to be stored.
 *
 * @param encoding of a text; null for a spreadsheet
 * @param delimiter of a text; null for a spreadsheet
 * @param sheet of a spreadsheet; null for a text
 */
public record TableFormat(Kind kind, String encoding, Character delimiter, String sheet) {
    /** The two kinds of tables. */
    public enum Kind {
        CSV,
        XLSX
    }

    public static TableFormat csv(String encoding, char delimiter) {
        return new TableFormat(Kind.CSV, encoding, delimiter, null);
    }

    public static TableFormat xlsx(String sheet) {
        return new TableFormat(Kind.XLSX, null, null, sheet);
    }
}
