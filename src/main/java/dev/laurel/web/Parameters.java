package dev.laurel.web;

import dev.laurel.ranking.Rankings;
import dev.laurel.shared.LaurelException.InvalidInput;
import jakarta.ws.rs.BadRequestException;

/** Reads numbers from query parameters, naming the parameter when it is none or out of bounds. */
public final class Parameters {
    private Parameters() {}

    /** A whole number within bounds, or the default when the parameter is not given. */
    public static long number(String name, String text, Bounds bounds) {
        if (text == null) {
            return bounds.byDefault();
        }
        try {
            long value = Long.parseLong(text);
            if (value >= bounds.min() && value <= bounds.max()) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through: out of bounds and not a number are told alike
        }
        throw new InvalidInput(name, "must be a whole number from " + bounds.min() + " to " + bounds.max());
    }

    /** Yes or no, which is the default: anything else would be a guess. */
    public static boolean flag(String name, String text) {
        if (text == null || "false".equals(text)) {
            return false;
        }
        if ("true".equals(text)) {
            return true;
        }
        throw new InvalidInput(name, "must be true or false");
    }

    public static int limit(String text) {
        return (int) number("limit", text, new Bounds(1, Rankings.MAX_LIMIT, 10));
    }

    /** The body of a request; without one the request cannot be read. */
    public static <T> T body(T body) {
        if (body == null) {
            throw new BadRequestException();
        }
        return body;
    }

    /** What a number may be, and what it is when nobody says. */
    public record Bounds(long min, long max, long byDefault) {}
}
