package dev.laurel.imports.file.text;

import java.util.ArrayList;
import java.util.List;

/** Finds out which character separates the cells of a text: the one that divides its first lines most evenly. */
final class Delimiter {
    private static final char[] CANDIDATES = {',', ';', '\t', '|'};

    /** What some spreadsheets write as the first line, followed by the delimiter. */
    private static final String DECLARATION = "sep=";

    private static final int LINES = 50;

    private Delimiter() {}

    /** The delimiter that the first line declares; 0 for none. */
    static char declared(String start) {
        int at = DECLARATION.length();
        boolean declares = start.length() > at + 1
                && start.regionMatches(true, 0, DECLARATION, 0, at)
                && (start.charAt(at + 1) == '\n' || start.charAt(at + 1) == '\r');
        return declares ? start.charAt(at) : 0;
    }

    /** @param start of the text, perhaps ending in the middle of a line */
    static char in(String start) {
        char best = CANDIDATES[0];
        long most = 0;
        for (char candidate : CANDIDATES) {
            long evenness = evenness(counts(start, candidate));
            if (evenness > most) {
                best = candidate;
                most = evenness;
            }
        }
        return best;
    }

    /** Lines divided as the first one is count most; among equals, more cells win. */
    private static long evenness(List<Integer> counts) {
        int first = counts.get(0);
        if (first == 0) {
            return 0;
        }
        long alike = counts.stream().filter(count -> count == first).count();
        return alike * 100_000 / counts.size() * 1_000 + Math.min(first, 999);
    }

    /** How often the delimiter occurs outside of quotes, in each of the first lines that are not empty. */
    private static List<Integer> counts(String text, char delimiter) {
        List<Integer> counts = new ArrayList<>();
        boolean quoted = false;
        int count = 0;
        boolean filled = false;
        for (int i = 0; i < text.length() && counts.size() < LINES; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == delimiter) {
                count++;
            } else if (!quoted && (c == '\n' || c == '\r')) {
                if (filled) {
                    counts.add(count);
                }
                count = 0;
                filled = false;
                continue;
            }
            filled = true;
        }
        // The last line may have been cut off, and counts only if it is the only one.
        if (counts.isEmpty()) {
            counts.add(count);
        }
        return counts;
    }
}
