package dev.laurel.imports.file.table;

import dev.laurel.imports.file.content.Refusal;
import dev.laurel.shared.Texts;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rule for the first row of a table: each name once; a column without one is not used. */
final class Headers {
    /** Characters of a name. */
    private static final int LONGEST = 100;

    private Headers() {}

    static List<String> of(TableRow row) {
        List<String> headers =
                new ArrayList<>(row.cells().stream().map(Headers::sound).toList());
        while (!headers.isEmpty() && headers.get(headers.size() - 1).isEmpty()) {
            headers.remove(headers.size() - 1);
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < headers.size(); i++) {
            String header = headers.get(i);
            Integer before = header.isEmpty() ? null : seen.putIfAbsent(header.toLowerCase(Locale.ROOT), i);
            if (before != null) {
                throw Refusal.of("has two columns named %s: %s and %s", header, letters(before), letters(i));
            }
        }
        return List.copyOf(headers);
    }

    /** On one line, as it is stored and shown. */
    private static String sound(String header) {
        String line = header.replaceAll("[ \\t\\r\\n]+", " ");
        if (line.length() > LONGEST) {
            throw Refusal.tooLarge("has a name of a column with", LONGEST, "characters");
        }
        if (!Texts.isSound(line)) {
            throw Refusal.of("has a name of a column that %s", Texts.RULE.replace("must not contain", "contains"));
        }
        return line;
    }

    /** The name of a column in a spreadsheet: A to Z, AA, and so on. */
    static String letters(int column) {
        String last = String.valueOf((char) ('A' + column % 26));
        return column < 26 ? last : letters(column / 26 - 1) + last;
    }
}
