package dev.laurel.imports.file.xlsx;

import org.dhatim.fastexcel.reader.Cell;

import java.util.Locale;

/** How a spreadsheet shows a number: as such, as a share of a hundred, or as a date. */
enum NumberFormat {
    PLAIN,
    PERCENT,
    DATE;

    static NumberFormat of(Cell cell) {
        Integer id = cell.getDataFormatId();
        String pattern = cell.getDataFormatString();
        if (pattern != null) {
            return ofPattern(pattern);
        }
        return id == null ? PLAIN : ofNumber(id);
    }

    /** The formats that every spreadsheet knows by a number. */
    private static NumberFormat ofNumber(int id) {
        if (id == 9 || id == 10) {
            return PERCENT;
        }
        boolean date = id >= 14 && id <= 22 || id >= 27 && id <= 36 || id >= 45 && id <= 47 || id >= 50 && id <= 58;
        return date ? DATE : PLAIN;
    }

    private static NumberFormat ofPattern(String pattern) {
        // What is in quotes, in brackets or escaped is shown as it is, or says a colour or a language.
        String letters = pattern.replaceAll("\"[^\"]*\"|\\[[^\\]]*\\]|\\\\.|_.|\\*.", "")
                .replace("General", "")
                .toLowerCase(Locale.ROOT);
        if (letters.indexOf('%') >= 0) {
            return PERCENT;
        }
        return letters.chars().anyMatch(c -> "ymdhs".indexOf(c) >= 0) ? DATE : PLAIN;
    }

    boolean isDate() {
        return this == DATE;
    }
}
