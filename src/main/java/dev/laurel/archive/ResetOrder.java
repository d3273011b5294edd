package dev.laurel.archive;

import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;

/**
 * A reset as it is asked for.
 *
 * @param window name of the window that is to be reset; null for whichever is running
 * @param key under which it may be sent again, 1 to 128 characters as of an event id; null when it is sent once
 */
public record ResetOrder(Period period, String window, String reason, String author, String key) {
    /**
     * @throws InvalidInput when the key is none
     */
    public ResetOrder {
        if (key != null) {
            Ids.require("Idempotency-Key", key);
        }
    }

    /** A reset of the window that is running, once. */
    static ResetOrder of(Period period) {
        return new ResetOrder(period, null, "Manual reset", "laurel", null);
    }
}
