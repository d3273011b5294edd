package dev.laurel.imports.file.xlsx;

import dev.laurel.imports.file.table.SerialDate;
import dev.laurel.shared.Score;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.LocalTime;

/** The text of a cell, as a text file would contain it: what was computed, and what a person sees as a date. */
final class CellText {
    /** As many digits of a number are exact in a spreadsheet. */
    private static final MathContext EXACT = new MathContext(15);

    /** Doubles have no larger one. */
    private static final int LARGEST_EXPONENT = 400;

    private CellText() {}

    static String of(Cell cell, boolean from1904) {
        if (cell == null) {
            return "";
        }
        if (cell.getType() == CellType.ERROR) {
            return String.valueOf(cell.getRawValue());
        }
        Object value = cell.getValue();
        if (value == null) {
            // A formula that nobody has computed yet: the rules for cells refuse it.
            return cell.getFormula() == null ? "" : "=" + cell.getFormula();
        }
        return value instanceof BigDecimal number
                ? number(number, NumberFormat.of(cell), from1904)
                : value.toString().strip();
    }

    private static String number(BigDecimal number, NumberFormat format, boolean from1904) {
        if (Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
            // Nothing is computed with it: written out, it may have billions of digits.
            return number.toString();
        }
        LocalDateTime date = format.isDate() ? SerialDate.of(number, from1904) : null;
        if (date != null) {
            return date.toLocalTime().equals(LocalTime.MIDNIGHT)
                    ? date.toLocalDate().toString()
                    : date.toString();
        }
        return format == NumberFormat.PERCENT ? plain(number.movePointRight(2)) + "%" : plain(number);
    }

    /** Without the digits that come from computing with fractions of two: 0.1 + 0.2 is 0.3 for a person. No score has so many. */
    private static String plain(BigDecimal number) {
        BigDecimal exact = number.scale() > Score.MAX_DECIMALS ? number.round(EXACT) : number;
        BigDecimal shortest = exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
        return shortest.toPlainString();
    }
}
