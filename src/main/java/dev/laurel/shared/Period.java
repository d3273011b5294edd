package dev.laurel.shared;

import dev.laurel.shared.LaurelException.InvalidInput;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How often a ranking starts anew. */
public enum Period {
    DAILY(1),
    WEEKLY(2),
    MONTHLY(3),
    YEARLY(4),
    ALL_TIME(5),
    /** Windows whose start and end the board's owner chooses. */
    SEASON(6);

    /** Those whose windows follow from the calendar alone: what a board keeps unless it says otherwise. */
    public static final Set<Period> REGULAR = Set.of(DAILY, WEEKLY, MONTHLY, YEARLY, ALL_TIME);

    private static final Period[] BY_CODE = values();

    private final short code;
    private final String path = name().toLowerCase(Locale.ROOT);

    Period(int code) {
        this.code = (short) code;
    }

    /** The number under which it is stored, from 1. */
    public short code() {
        return code;
    }

    /** The lower-case word used in addresses. */
    public String path() {
        return path;
    }

    public static Period ofCode(int code) {
        return BY_CODE[code - 1];
    }

    /**
     * The period of a lower-case word.
     *
     * @throws InvalidInput naming {@code field} and the words there are
     */
    public static Period ofPath(String field, String path) {
        for (Period period : BY_CODE) {
            if (period.path.equals(path)) {
                return period;
            }
        }
        throw new InvalidInput(
                field,
                "must be one of " + Arrays.stream(BY_CODE).map(Period::path).collect(Collectors.joining(", ")));
    }
}
