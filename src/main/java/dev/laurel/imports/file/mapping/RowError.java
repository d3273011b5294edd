package dev.laurel.imports.file.mapping;

import dev.laurel.shared.CsvCells;

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

    /** The first line of a report. */
    public static final String REPORT_HEAD = "row,column,value,reason" + CsvCells.LINE_END;

    public RowError {
        value = value == null ? null : bounded(value);
        column = column == null ? null : bounded(column);
    }

    /** A fault of a row as a whole. */
    static RowError of(long row, String reason) {
        return new RowError(row, null, null, reason);
    }

    /** As a line of a report; spreadsheets take nothing in it for a formula. */
    public String reportLine() {
        return row + "," + cell(column) + "," + cell(value) + "," + CsvCells.cell(reason) + CsvCells.LINE_END;
    }

    private static String cell(String text) {
        return text == null ? "" : CsvCells.cell(text);
    }

    private static String bounded(String text) {
        String start = text.length() > 2 * MAX_VALUE ? text.substring(0, 2 * MAX_VALUE) : text;
        StringBuilder bounded = new StringBuilder();
        start.codePoints()
                .limit(MAX_VALUE)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\ufffd' : c)
                .forEach(bounded::appendCodePoint);
        return text.length() > bounded.length() ? bounded.append('…').toString() : bounded.toString();
    }
}
