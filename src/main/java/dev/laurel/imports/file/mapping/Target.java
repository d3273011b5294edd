package dev.laurel.imports.file.mapping;

import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a column means.
 *
 * @param name of the metric, the period or the attribute; null for the others
 */
public record Target(Kind kind, String name) {
    static final Target IGNORED = new Target(Kind.IGNORED, null);

    private static final char SEPARATOR = ':';

    /** The kinds of columns, with the word for each in a mapping. */
    public enum Kind {
        PLAYER("player"),
        METRIC("metric"),
        PERIOD("period"),
        OCCURRED_AT("occurredAt"),
        EVENT_ID("eventId"),
        DISPLAY_NAME("displayName"),
        USERNAME("username"),
        AVATAR_URL("avatarUrl"),
        ATTRIBUTE("attribute"),
        TAGS("tags"),
        ACTIVITY("activity"),
        OUTCOME("outcome"),
        DURATION("durationMs"),
        IGNORED("ignore");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        boolean isNamed() {
            return this == METRIC || this == PERIOD || this == ATTRIBUTE;
        }

        /** Whether several columns may have this meaning. */
        boolean isRepeatable() {
            return this == TAGS || this == IGNORED;
        }
    }

    static Target of(Kind kind) {
        return new Target(kind, null);
    }

    /**
     * The meaning that a word has in a mapping: {@code player}, {@code metric:kills}, or {@code kills} alone.
     *
     * @throws InvalidInput when it has none, naming {@code field}
     */
    static Target parse(String field, String text, BoardColumns board) {
        Target target = find(text, board);
        if (target == null) {
            throw new InvalidInput(
                    field,
                    "must be one of "
                            + Arrays.stream(Kind.values())
                                    .map(kind -> kind.isNamed() ? kind.word + ":NAME" : kind.word)
                                    .collect(Collectors.joining(", "))
                            + ", with a metric or period of the board, or the name of an attribute");
        }
        return target;
    }

    /** Null when the text means nothing. */
    static Target find(String text, BoardColumns board) {
        int separator = text.indexOf(SEPARATOR);
        for (Kind kind : Kind.values()) {
            if (!kind.isNamed() && kind.word.equals(text)) {
                return of(kind);
            }
            if (kind.isNamed() && separator > 0 && kind.word.equals(text.substring(0, separator))) {
                return named(kind, text.substring(separator + 1), board);
            }
        }
        Target metric = named(Kind.METRIC, text, board);
        return metric == null ? named(Kind.PERIOD, text, board) : metric;
    }

    private static Target named(Kind kind, String name, BoardColumns board) {
        boolean known =
                switch (kind) {
                    case METRIC -> board.metrics().contains(name);
                    case PERIOD ->
                        board.periods().stream()
                                .anyMatch(period ->
                                        !period.isRolling() && period.path().equals(name));
                    default -> Ids.isValid(name);
                };
        return known ? new Target(kind, name) : null;
    }

    Period period() {
        return Period.ofPath("period", name);
    }

    /** As it is written in a mapping. */
    public String text() {
        return name == null ? kind.word : kind.word + SEPARATOR + name;
    }
}
