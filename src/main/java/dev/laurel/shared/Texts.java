package dev.laurel.shared;

/** The rule for all texts chosen by clients. */
public final class Texts {
    /** The rule, to be appended to the name of the field. */
    public static final String RULE = "must not contain control characters or halves of characters";

    private Texts() {}

    /**
     * Whether a text can be stored and returned unchanged: without control characters, except tabs and line ends, and
     * without unpaired surrogates.
     */
    public static boolean isSound(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                if (c != '\t' && c != '\n' && c != '\r') {
                    return false;
                }
            } else if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}
