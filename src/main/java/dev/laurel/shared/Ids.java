package dev.laurel.shared;

import dev.laurel.shared.LaurelException.InvalidInput;

/** The rule for identifiers chosen by clients: boards, seasons, events. Players have {@link PlayerIds} instead. */
public final class Ids {
    /** Length of the longest identifier, in characters. */
    public static final int MAX_LENGTH = 128;

    /** The rule as a regular expression, for documentation. */
    public static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._:@|~+-]{0,127}";

    private static final String PUNCTUATION = "._:@|~+-";

    private Ids() {}

    /**
     * Returns the identifier unchanged.
     *
     * @throws InvalidInput when it violates the rule, naming {@code field}
     */
    public static String require(String field, String id) {
        if (id == null) {
            throw new InvalidInput(field, "is missing");
        }
        if (!isValid(id)) {
            throw new InvalidInput(
                    field,
                    "must be 1 to 128 characters of letters, digits and ._:@|~+- and begin with a letter or digit");
        }
        return id;
    }

    public static boolean isValid(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH || !isLetterOrDigit(id.charAt(0))) {
            return false;
        }
        for (int i = 1; i < id.length(); i++) {
            if (!isLetterOrDigit(id.charAt(i)) && PUNCTUATION.indexOf(id.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
