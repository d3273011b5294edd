package dev.laurel.archive;

import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;

/**
 * A request for a reset.
 *
 * @param window name of the window to reset; null for the running one
 * @param key under which the request may be repeated, 1 to 128 characters with the rules of an event id; null when
 *     it is sent once
 */
public record ResetOrder(Period period, String window, String reason, String author, String key) {
    /** @throws InvalidInput when the key is invalid */
    public ResetOrder {
        if (key != null) {
            Ids.require("Idempotency-Key", key);
        }
    }

    /** A one-off reset of the running window. */
    static ResetOrder of(Period period) {
        return new ResetOrder(period, null, "Manual reset", "laurel", null);
    }
}
