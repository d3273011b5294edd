package dev.laurel.testing;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** The field names that the interface's description leaves open, each said once. */
public final class Wire {

    /** A board's id in its definition. */
    public static final String BOARD_ID = "id";

    /** A player's rank among those who were looked up together. */
    public static final String RANK_AMONG = "rankAmong";

    private Wire() {}

    /** A text as JSON holds it. */
    public static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }
}
