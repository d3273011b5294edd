package dev.laurel.imports.file.mapping;

import dev.laurel.shared.LaurelException.InvalidInput;

import java.util.regex.Pattern;

/** The characters of a number as people write it. */
final class NumberText {
    private static final String FIELD = "number";

    /** Digits of the longest number that could be valid, and what divides them. */
    private static final int LONGEST = 64;

    private static final int GROUP = 3;

    private NumberText() {}

    /** A sign, digits and what divides them, with one kind of space and minus. */
    static String cleaned(String text) {
        if (text.indexOf('%') >= 0) {
            throw new InvalidInput(FIELD, "is a percentage; write it as a number");
        }
        if (text.matches("[-+]?[0-9]+([.,][0-9]+)?[eE][-+]?[0-9]+")) {
            throw new InvalidInput(FIELD, "is in scientific notation, in which digits may have been lost");
        }
        String cleaned = simplified(text);
        String digits = cleaned.startsWith("-") || cleaned.startsWith("+") ? cleaned.substring(1) : cleaned;
        if (text.length() > LONGEST || !isDivided(digits)) {
            throw noNumber();
        }
        return cleaned;
    }

    /** As above, without the sign; null when it is no number. */
    static String unsigned(String text) {
        String cleaned = text.length() > LONGEST ? "" : simplified(text);
        String digits = cleaned.startsWith("-") || cleaned.startsWith("+") ? cleaned.substring(1) : cleaned;
        return isDivided(digits) ? digits : null;
    }

    private static String simplified(String text) {
        StringBuilder simplified = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            simplified.append(
                    switch (c) {
                        case '\u00a0', '\u2009', '\u202f' -> ' ';
                        case '\u2212' -> '-';
                        case '\u2019' -> '\'';
                        default -> c;
                    });
        }
        return simplified.toString().strip();
    }

    private static boolean isDivided(String digits) {
        return !digits.isEmpty()
                && digits.chars().allMatch(c -> c >= '0' && c <= '9' || " ,.'".indexOf(c) >= 0)
                && digits.chars().anyMatch(c -> c >= '0' && c <= '9');
    }

    static boolean isDigits(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static int count(String text, char wanted) {
        return (int) text.chars().filter(c -> c == wanted).count();
    }

    /** A whole number whose groups of three digits may be divided, all by the same character. */
    static String withoutGroups(String whole) {
        if (isDigits(whole)) {
            return whole;
        }
        char divider =
                (char) whole.chars().filter(c -> c < '0' || c > '9').findFirst().orElseThrow();
        String[] groups = whole.split(Pattern.quote(String.valueOf(divider)), -1);
        for (int i = 0; i < groups.length; i++) {
            int length = groups[i].length();
            boolean fits = i == 0 ? length >= 1 && length <= GROUP : length == GROUP;
            if (!fits || !isDigits(groups[i])) {
                throw noNumber();
            }
        }
        return String.join("", groups);
    }

    static InvalidInput noNumber() {
        return new InvalidInput(FIELD, "must be a number");
    }
}
