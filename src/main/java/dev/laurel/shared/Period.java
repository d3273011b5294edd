package dev.laurel.shared;

import dev.laurel.shared.LaurelException.InvalidInput;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How often a ranking starts again. */
public enum Period {
    DAILY(1),
    WEEKLY(2),
    MONTHLY(3),
    YEARLY(4),
    ALL_TIME(5),
    /** Windows whose start and end the board's owner chooses. */
    SEASON(6),
    /** The current day and the six before it. */
    LAST_7_DAYS(7, 7),
    /** The current day and the 29 before it. */
    LAST_30_DAYS(8, 30);

    /** The periods whose windows follow from the calendar alone: a board's default. */
    public static final Set<Period> REGULAR = Set.of(DAILY, WEEKLY, MONTHLY, YEARLY, ALL_TIME);

    /**
     * The periods whose windows move on with each day and overlap. They have no standings of their own: they are made
     * of the days.
     */
    public static final Set<Period> ROLLING = Set.of(LAST_7_DAYS, LAST_30_DAYS);

    private static final Period[] BY_CODE = values();

    private final short code;
    private final int days;
    private final String path = name().toLowerCase(Locale.ROOT);

    Period(int code) {
        this(code, 0);
    }

    Period(int code, int days) {
        this.code = (short) code;
        this.days = days;
    }

    /** Whether it is one of {@link #ROLLING}. */
    public boolean isRolling() {
        return days > 0;
    }

    /** Days in a window of a rolling period; 0 for the others. */
    public int days() {
        return days;
    }

    /** The number under which it is stored, from 1. */
    public short code() {
        return code;
    }

    /** The lower-case word used in URLs. */
    public String path() {
        return path;
    }

    public static Period ofCode(int code) {
        return BY_CODE[code - 1];
    }

    /**
     * As {@link #ofPath}, for periods whose windows have standings of their own, which can be closed and corrected.
     *
     * @throws InvalidInput also for rolling periods
     */
    public static Period withOwnWindows(String field, String path) {
        Period period = ofPath(field, path);
        if (period.isRolling()) {
            throw new InvalidInput(field, "must not be a rolling period: its windows are made of the daily ones");
        }
        return period;
    }

    /**
     * The period with the given lower-case word.
     *
     * @throws InvalidInput naming {@code field} and the valid words
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
