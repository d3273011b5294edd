package dev.laurel.web.boards;

import dev.laurel.shared.LaurelException.InvalidInput;

import java.time.DateTimeException;
import java.time.Duration;

/** Reads durations as clients write them. */
final class DurationText {
    private static final int NANOS_PER_MILLI = 1_000_000;

    private DurationText() {}

    /**
     * A duration; the default for null.
     *
     * @throws InvalidInput naming the field when it is none in whole milliseconds
     */
    static Duration parse(String field, String text, Duration byDefault) {
        if (text == null) {
            return byDefault;
        }
        try {
            Duration parsed = Duration.parse(text);
            // Stored in milliseconds: a finer value would lose precision silently.
            if (parsed.getNano() % NANOS_PER_MILLI == 0) {
                return parsed;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // falls through: text that is not a duration and one that is too fine are reported alike
        }
        throw new InvalidInput(field, "must be an ISO 8601 duration in whole milliseconds, such as PT5M");
    }
}
