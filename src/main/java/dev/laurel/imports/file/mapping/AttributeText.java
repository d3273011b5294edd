package dev.laurel.imports.file.mapping;

/** The value of an attribute: a cell that is written as a number or a boolean is one. */
final class AttributeText {
    /** As many digits are exact in every number format. */
    private static final int EXACT_DIGITS = 15;

    private AttributeText() {}

    static Object value(String cell) {
        if ("true".equalsIgnoreCase(cell) || "false".equalsIgnoreCase(cell)) {
            return Boolean.valueOf(cell);
        }
        return isNumber(cell) ? (Object) Double.valueOf(cell) : cell;
    }

    /** Leading zeros, signs and exponents make a text: it may be a phone number or a version. */
    private static boolean isNumber(String cell) {
        int start = cell.startsWith("-") ? 1 : 0;
        int digits = 0;
        int points = 0;
        for (int i = start; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == '.') {
                points++;
            } else if (c >= '0' && c <= '9') {
                digits++;
            } else {
                return false;
            }
        }
        boolean bounded = digits > 0 && digits <= EXACT_DIGITS && points <= 1;
        return bounded && isCanonical(cell.substring(start));
    }

    private static boolean isCanonical(String digits) {
        boolean zeroFirst = digits.startsWith("0") && digits.length() > 1 && digits.charAt(1) != '.';
        boolean fraction = digits.indexOf('.') >= 0;
        boolean cut = digits.startsWith(".") || fraction && (digits.endsWith(".") || digits.endsWith("0"));
        return !zeroFirst && !cut;
    }
}
