package dev.laurel.imports.file.table;

import java.util.List;

/**
 * One row of a table.
 *
 * @param number of the row in the file, from 1: the row of a spreadsheet, or the line on which a row of a text begins
 * @param cells as text, without spaces around it; one for each header, empty ones included
 * @param fault why the row cannot be used, whatever its cells mean; null for none
 */
public record TableRow(long number, List<String> cells, String fault) {
    public TableRow(long number, List<String> cells) {
        this(number, cells, null);
    }

    boolean isBlank() {
        return cells.stream().allMatch(String::isEmpty);
    }
}
