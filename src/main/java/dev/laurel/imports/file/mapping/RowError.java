package dev.laurel.imports.file.mapping;

/**
 * Why a row of a file was refused.
 *
 * @param row its number in the file
 * @param column the header of the cell at fault; null for the row as a whole
 * @param value the beginning of the cell, readable and storable whatever it contains; null for none
 */
public record RowError(long row, String column, String value, String reason) {
    /** Length of the longest value, in code points. */
    public static final int MAX_VALUE = 100;

    private static final int MAX_REASON = 500;

    public RowError {
        value = value == null ? null : bounded(value, MAX_VALUE);
        column = column == null ? null : bounded(column, MAX_VALUE);
        reason = storable(reason);
    }

    /** A fault of a row as a whole. */
    static RowError of(long row, String reason) {
        return new RowError(row, null, null, reason);
    }

    /** A reason as it can be stored and shown, whatever of a file is cited in it; null stays null. */
    public static String storable(String reason) {
        return reason == null ? null : bounded(reason, MAX_REASON);
    }

    private static String bounded(String text, int most) {
        String start = text.length() > 2 * most ? text.substring(0, 2 * most) : text;
        StringBuilder bounded = new StringBuilder();
        start.codePoints()
                .limit(most)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\ufffd' : c)
                .forEach(bounded::appendCodePoint);
        return text.length() > bounded.length() ? bounded.append('…').toString() : bounded.toString();
    }
}
