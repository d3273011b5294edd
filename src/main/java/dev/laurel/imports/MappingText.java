package dev.laurel.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Texts;

import java.util.Map;
import java.util.TreeMap;

/** What columns mean, by header, as text: the same meanings are always the same text. */
public final class MappingText {
    /** Maximum number of columns that a mapping names. */
    public static final int MAX_COLUMNS = 256;

    private static final int MAX_LENGTH = 16_384;
    private static final int MAX_HEADER = 256;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> SORTED = new TypeReference<>() {};

    private MappingText() {}

    /**
     * The text of meanings by header.
     *
     * @throws InvalidInput naming {@code mapping}, when there are too many, or one has no text
     */
    public static String write(Map<String, String> columns) {
        boolean sound = columns.size() <= MAX_COLUMNS
                && columns.entrySet().stream()
                        .allMatch(one -> isSound(one.getKey()) && one.getValue() != null && isSound(one.getValue()));
        if (!sound) {
            throw new InvalidInput(
                    "mapping",
                    "must have at most " + MAX_COLUMNS + " columns, with headers and meanings of 1 to " + MAX_HEADER
                            + " characters of text");
        }
        try {
            return JSON.writeValueAsString(new TreeMap<>(columns));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isSound(String text) {
        return !text.isBlank() && text.length() <= MAX_HEADER && Texts.isSound(text);
    }

    /**
     * The meanings by header, sorted.
     *
     * @throws InvalidInput naming {@code mapping}, when the text has none
     */
    public static Map<String, String> read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new InvalidInput("mapping", "must not be longer than " + MAX_LENGTH + " characters");
        }
        try {
            TreeMap<String, String> columns = JSON.readValue(text, SORTED);
            if (columns != null) {
                return columns;
            }
        } catch (JsonProcessingException e) {
            // reported below, as for null
        }
        throw new InvalidInput(
                "mapping",
                "must be a JSON object of the meanings of columns by header, or the name of a saved mapping");
    }
}
