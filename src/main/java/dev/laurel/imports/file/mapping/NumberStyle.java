package dev.laurel.imports.file.mapping;

import dev.laurel.shared.LaurelException.InvalidInput;

/** How the numbers of a table are written: 1,234.5 or 1.234,5 — or in a way that leaves no doubt. */
public enum NumberStyle {
    /** Whatever is unambiguous; a single point is a decimal point. */
    AUTO,
    /** The decimal mark is a point; commas divide groups. */
    POINT,
    /** The decimal mark is a comma; points divide groups. */
    COMMA;

    private static final String FIELD = "number";
    private static final int GROUP = 3;

    /**
     * The number in the plain form of the API, such as {@code -1234.5}.
     *
     * @param decimals of the board: where there are none, a comma before three digits can only divide groups
     * @throws InvalidInput when it is no number, or may be two
     */
    String plain(String text, int decimals) {
        if (this != COMMA && isPlain(text)) {
            return text;
        }
        String number = NumberText.cleaned(text);
        char sign = number.charAt(0);
        String digits = sign == '-' || sign == '+' ? number.substring(1) : number;
        String plain = unsigned(digits, decimals);
        return sign == '-' ? "-" + plain : plain;
    }

    private static boolean isPlain(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int points = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                points++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        boolean divided = points == 1 && text.indexOf('.') > start && !text.endsWith(".");
        return points == 0 ? text.length() > start : divided;
    }

    private String unsigned(String digits, int decimals) {
        char mark = mark(digits, decimals);
        int at = mark == 0 ? -1 : digits.lastIndexOf(mark);
        String whole = at < 0 ? digits : digits.substring(0, at);
        String fraction = at < 0 ? "" : digits.substring(at + 1);
        if (at >= 0 && (fraction.isEmpty() || !NumberText.isDigits(fraction))) {
            throw NumberText.noNumber();
        }
        String joined = whole.isEmpty() && at >= 0 ? "0" : NumberText.withoutGroups(whole);
        return fraction.isEmpty() ? joined : joined + "." + fraction;
    }

    /** The decimal mark that a number has; 0 for none. */
    private char mark(String digits, int decimals) {
        int commas = NumberText.count(digits, ',');
        int points = NumberText.count(digits, '.');
        if (commas > 0 && points > 0) {
            return agreed(digits.lastIndexOf(',') > digits.lastIndexOf('.') ? ',' : '.');
        }
        if (commas + points == 0) {
            return 0;
        }
        char only = commas > 0 ? ',' : '.';
        if (commas + points > 1) {
            return this == styleOf(only) ? agreed(other(only)) : 0;
        }
        if (this != AUTO) {
            return this == styleOf(only) ? only : 0;
        }
        return only == '.' || !mayDivideGroups(digits, only) ? only : divider(decimals);
    }

    private static NumberStyle styleOf(char mark) {
        return mark == ',' ? COMMA : POINT;
    }

    private static char other(char mark) {
        return mark == ',' ? '.' : ',';
    }

    private char agreed(char mark) {
        if (this != AUTO && this != styleOf(mark)) {
            throw new InvalidInput(FIELD, "has another decimal mark than the numbers before it");
        }
        return mark;
    }

    private static boolean mayDivideGroups(String digits, char mark) {
        int at = digits.indexOf(mark);
        return at >= 1
                && at <= GROUP
                && digits.length() - at - 1 == GROUP
                && digits.charAt(0) != '0'
                && NumberText.isDigits(digits.substring(0, at));
    }

    private static char divider(int decimals) {
        if (decimals > 0) {
            throw new InvalidInput(FIELD, "is ambiguous: its comma may divide groups of digits, or begin the decimals");
        }
        return 0;
    }

    /** What a number shows of the style of its table; {@link #AUTO} for nothing. */
    static NumberStyle shownBy(String text) {
        String digits = NumberText.unsigned(text);
        int commas = digits == null ? 0 : NumberText.count(digits, ',');
        int points = digits == null ? 0 : NumberText.count(digits, '.');
        if (commas + points == 0) {
            return AUTO;
        }
        if (commas > 0 && points > 0) {
            return digits.lastIndexOf(',') > digits.lastIndexOf('.') ? COMMA : POINT;
        }
        char only = commas > 0 ? ',' : '.';
        if (commas + points > 1) {
            return styleOf(other(only));
        }
        return mayDivideGroups(digits, only) ? AUTO : styleOf(only);
    }
}
