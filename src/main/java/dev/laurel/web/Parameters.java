package dev.laurel.web;

import dev.laurel.ranking.Rankings;
import dev.laurel.shared.LaurelException.InvalidInput;
import jakarta.ws.rs.BadRequestException;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Reads numbers from query parameters; errors name the parameter when it is not a number or out of bounds. */
public final class Parameters {
    private Parameters() {}

    /** A whole number within bounds, or the default when the parameter is absent. */
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
            // falls through: out of bounds and not a number are reported alike
        }
        throw new InvalidInput(name, "must be a whole number from " + bounds.min() + " to " + bounds.max());
    }

    /** True or false, which is the default: anything else would be a guess. */
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

    /** The body of a request; fails when there is none. */
    public static <T> T body(T body) {
        if (body == null) {
            throw new BadRequestException();
        }
        return body;
    }

    /** What is wrong with a text that is none of these names. */
    public static String oneOf(Enum<?>[] values) {
        return "must be one of " + Arrays.stream(values).map(Enum::name).collect(Collectors.joining(", "));
    }

    /** The bounds of a number, and its default. */
    public record Bounds(long min, long max, long byDefault) {}
}
