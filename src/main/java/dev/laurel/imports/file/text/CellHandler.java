package dev.laurel.imports.file.text;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import dev.laurel.imports.file.content.FileLimits;
import dev.laurel.imports.file.content.Refusal;
import dev.laurel.imports.file.table.TableRow;

import java.util.Arrays;

/** Builds rows of the cells that the parser finds, within the limits. */
final class CellHandler extends AbstractBaseCsvCallbackHandler<TableRow> {
    private static final int USUAL = 16;

    private final FileLimits limits;
    private String[] cells = new String[USUAL];
    private int count;
    private int length;

    CellHandler(FileLimits limits) {
        this.limits = limits;
    }

    @Override
    protected void handleBegin(long line) {
        count = 0;
        length = 0;
    }

    @Override
    protected void handleField(int index, char[] buffer, int offset, int size, boolean quoted) {
        length += size;
        if (index >= limits.columns()) {
            throw Refusal.tooLarge(place() + " has", limits.columns(), "columns");
        }
        if (size > limits.cellLength()) {
            throw tooLong(getStartingLineNumber(), limits);
        }
        if (length > limits.rowLength()) {
            throw Refusal.tooLarge(place() + " has", limits.rowLength(), "characters");
        }
        if (index == cells.length) {
            cells = Arrays.copyOf(cells, 2 * cells.length);
        }
        cells[index] = trimmed(buffer, offset, size);
        count = index + 1;
    }

    static RuntimeException tooLong(long line, FileLimits limits) {
        return Refusal.tooLarge("line " + line + " has a cell with", limits.cellLength(), "characters");
    }

    private String place() {
        return "line " + getStartingLineNumber();
    }

    private static String trimmed(char[] buffer, int offset, int size) {
        int start = offset;
        int end = offset + size;
        while (start < end && isSpace(buffer[start])) {
            start++;
        }
        while (end > start && isSpace(buffer[end - 1])) {
            end--;
        }
        return start == end ? "" : new String(buffer, start, end - start);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\u00a0' || c == '\n' || c == '\r';
    }

    @Override
    protected TableRow buildRecord() {
        return new TableRow(getStartingLineNumber(), Arrays.asList(Arrays.copyOf(cells, count)));
    }
}
