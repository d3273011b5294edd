package dev.laurel.shared;

/** The rule for texts chosen by clients, whatever they are for. */
public final class Texts {
    /** What holds for a text, to be said behind the name of its field. */
    public static final String RULE = "must not contain control characters or halves of characters";

    private Texts() {}

    /**
     * Whether a text can be stored and sent on as it is: without control characters, but for tabs and line ends, and
     * without surrogates that lack their other half.
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
