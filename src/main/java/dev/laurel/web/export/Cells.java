package dev.laurel.web.export;

import dev.laurel.shared.CsvCells;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** The cells of tables. */
final class Cells {
    private Cells() {}

    /** A text that no spreadsheet takes for a formula, also when it goes through another one; empty for nothing. */
    static String text(Object cell) {
        if (cell == null) {
            return "";
        }
        String text = cell instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                : cell.toString();
        return CsvCells.escaped(text);
    }

    /** For a line of a text. Numbers stay numbers, also negative ones. */
    static String csv(Object cell) {
        if (cell instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return cell instanceof Number ? cell.toString() : CsvCells.quoted(text(cell));
    }
}
