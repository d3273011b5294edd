package dev.laurel.shared;

/** Texts as cells of CSV files that spreadsheets open. */
public final class CsvCells {
    /** The end of a line. */
    public static final String LINE_END = "\r\n";

    private static final String FORMULA_STARTS = "=+-@\t\r";

    private CsvCells() {}

    /** A cell that no spreadsheet takes for a formula, and that does not end before its text. */
    public static String cell(String text) {
        return quoted(escaped(text));
    }

    /** The text, in quotes if it could end its cell. */
    public static String quoted(String safe) {
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }

    /** The text behind an apostrophe if a spreadsheet would take it for a formula, or an escaped one for its original. */
    public static String escaped(String text) {
        return isFormulaBehindApostrophes(text) ? "'" + text : text;
    }

    /** The opposite of {@link #escaped}. */
    public static String unescaped(String text) {
        return text.startsWith("'") && isFormulaBehindApostrophes(text) ? text.substring(1) : text;
    }

    private static boolean isFormulaBehindApostrophes(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == '\'') {
            start++;
        }
        return start < text.length() && FORMULA_STARTS.indexOf(text.charAt(start)) >= 0;
    }
}
