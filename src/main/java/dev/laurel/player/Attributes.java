package dev.laurel.player;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.Ids;
import dev.laurel.shared.Texts;

import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rule for attributes of players and groups: a few named texts, numbers and booleans. */
public final class Attributes {
    /** Maximum number of attributes of one player or group. */
    public static final int MAX = 32;

    /** Length of the longest text, in characters. */
    public static final int MAX_TEXT = 256;

    /** As for scores: up to here every integer is exact. */
    private static final double MAX_NUMBER = 9_007_199_254_740_991.0;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, Object>> SORTED = new TypeReference<>() {};

    private Attributes() {}

    /**
     * The attributes sorted by name, with each number in canonical form; those that violate a rule are added to the
     * errors and left out.
     */
    public static SortedMap<String, Object> checked(Map<String, Object> given, List<FieldError> errors) {
        SortedMap<String, Object> checked = new TreeMap<>();
        if (given.size() > MAX) {
            errors.add(new FieldError("attributes", "must not be more than " + MAX));
            return checked;
        }
        given.forEach((name, value) -> {
            String fault = fault(name, value);
            if (fault == null) {
                checked.put(name, value instanceof Number number ? plain(number) : value);
            } else {
                errors.add(new FieldError(Ids.isValid(name) ? "attributes." + name : "attributes", fault));
            }
        });
        return Collections.unmodifiableSortedMap(checked);
    }

    private static String fault(String name, Object value) {
        if (!Ids.isValid(name)) {
            return "must have names of 1 to 128 letters, digits and ._:@|~+- that begin with a letter or digit";
        }
        if (value instanceof String text) {
            return text.codePointCount(0, text.length()) > MAX_TEXT
                    ? "must not be longer than " + MAX_TEXT + " characters"
                    : Texts.isSound(text) ? null : Texts.RULE;
        }
        if (value instanceof Number number) {
            return Math.abs(number.doubleValue()) <= MAX_NUMBER
                    ? null
                    : "must be a number from -9007199254740991 to 9007199254740991";
        }
        return value instanceof Boolean ? null : "must be a text, a number or a boolean";
    }

    /** 1, 1.0 and 1e0 are the same number, and PostgreSQL does not tell them apart either. */
    private static Number plain(Number number) {
        double value = number.doubleValue();
        return value == Math.rint(value) ? (Number) (long) value : (Number) value;
    }

    public static String write(SortedMap<String, Object> attributes) {
        try {
            return JSON.writeValueAsString(attributes);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SortedMap<String, Object> read(String text) {
        try {
            SortedMap<String, Object> attributes = JSON.readValue(text, SORTED);
            attributes.replaceAll((name, value) -> value instanceof Number number ? plain(number) : value);
            return Collections.unmodifiableSortedMap(attributes);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
