package dev.laurel.shared;

import dev.laurel.shared.LaurelException.InvalidInput;

import java.text.Normalizer;

/**
 * The rule for player ids, which come from the apps: {@code name#1234}, an e-mail address, {@code é}, an emoji.
 *
 * <p>1 to 128 code points of letters, digits, marks, punctuation and symbols of any script, with single spaces inside,
 * in Unicode's normalization form C. Two texts that look the same because one of them is decomposed are never two
 * players: the decomposed one is refused, not changed, so that a client always finds the player under the id it has
 * sent. Format characters are invisible and therefore refused, except where they form an emoji: the joiner between two
 * symbols, and the tags of a flag. {@code .} and {@code ..} are refused, since they cannot be used in a URL.
 */
public final class PlayerIds {
    /** Length of the longest id, in code points. */
    public static final int MAX_LENGTH = 128;

    /**
     * The part of the rule that a regular expression of every language can express, for documentation: no control
     * characters, and only single spaces, inside the id.
     */
    public static final String PATTERN = "^[^\\u0000-\\u0020\\u007F-\\u00A0]+( [^\\u0000-\\u0020\\u007F-\\u00A0]+)*$";

    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int VARIATION_SELECTOR_16 = 0xFE0F;
    private static final int FIRST_SKIN_TONE = 0x1F3FB;
    private static final int LAST_SKIN_TONE = 0x1F3FF;

    /** Unicode reserves the unassigned code points between these for emoji, and phones have them before a JDK does. */
    private static final int FIRST_PICTOGRAPH = 0x1F300;

    private static final int LAST_PICTOGRAPH = 0x1FAFF;
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final int FIRST_TAG = 0xE0020;
    private static final int LAST_TAG = 0xE007E;
    private static final int CANCEL_TAG = 0xE007F;

    private PlayerIds() {}

    /**
     * Returns the id unchanged.
     *
     * @throws InvalidInput when it violates the rule, naming {@code field}
     */
    public static String require(String field, String id) {
        String fault = id == null ? "is missing" : fault(id);
        if (fault != null) {
            throw new InvalidInput(field, fault);
        }
        return id;
    }

    public static boolean isValid(String id) {
        return fault(id) == null;
    }

    /** What is wrong with an id; null when it is valid. */
    private static String fault(String id) {
        if (isPlain(id)) {
            return null;
        }
        // Checked before the id is scanned: a code point is two chars at most.
        if (id.isEmpty()
                || id.length() > 2 * MAX_LENGTH
                || id.codePointCount(0, id.length()) > MAX_LENGTH
                || ".".equals(id)
                || "..".equals(id)) {
            return "must be 1 to " + MAX_LENGTH + " characters, and not . or ..";
        }
        if (id.startsWith(" ") || id.endsWith(" ") || id.contains("  ")) {
            return "must not begin or end with a space, nor have two in a row";
        }
        int[] points = id.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (!isAllowed(points, i)) {
                return "must be letters, digits, marks, punctuation, symbols and single spaces; it has "
                        + "U+%04X".formatted(points[i]);
            }
        }
        return Normalizer.isNormalized(id, Normalizer.Form.NFC)
                ? null
                : "must be in Unicode normalization form C (NFC)";
    }

    /** Covers nearly every id: decided in one pass without looking up any character property. */
    private static boolean isPlain(String id) {
        int length = id.length();
        if (length == 0 || length > MAX_LENGTH || id.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = id.charAt(i);
            if (c <= ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(int[] points, int at) {
        int point = points[at];
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.UNASSIGNED -> isPictograph(point);
            case Character.SPACE_SEPARATOR -> point == ' ';
            case Character.FORMAT -> point == ZERO_WIDTH_JOINER ? joins(points, at) : isInFlag(points, at);
            default -> true;
        };
    }

    /** Whether a joiner is between two pictographs; the first one may have a modifier or a selector. */
    private static boolean joins(int[] points, int at) {
        int before = at - 1;
        while (before > 0 && (points[before] == VARIATION_SELECTOR_16 || isSkinTone(points[before]))) {
            before--;
        }
        return before >= 0 && at + 1 < points.length && isSymbol(points[before]) && isSymbol(points[at + 1]);
    }

    private static boolean isSkinTone(int point) {
        return point >= FIRST_SKIN_TONE && point <= LAST_SKIN_TONE;
    }

    /** All components of emoji are among these. */
    private static boolean isSymbol(int point) {
        int type = Character.getType(point);
        return type == Character.OTHER_SYMBOL || type == Character.MATH_SYMBOL || isPictograph(point);
    }

    private static boolean isPictograph(int point) {
        return point >= FIRST_PICTOGRAPH && point <= LAST_PICTOGRAPH;
    }

    /** Whether a tag is part of a black flag, some tags and an end: the flag of a region, such as Scotland's. */
    private static boolean isInFlag(int[] points, int at) {
        int start = at - 1;
        while (start >= 0 && isTag(points[start])) {
            start--;
        }
        int end = at;
        while (end < points.length && isTag(points[end])) {
            end++;
        }
        return end - start > 1
                && start >= 0
                && points[start] == BLACK_FLAG
                && end < points.length
                && points[end] == CANCEL_TAG;
    }

    private static boolean isTag(int point) {
        return point >= FIRST_TAG && point <= LAST_TAG;
    }
}
