package dev.laurel.board;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a board's owner decides: what is scored, how, over which periods, in which zone.
 *
 * @param title shown to people, 1 to 80 characters
 * @param decimals of scores, 0 to 6
 * @param minScore smallest score accepted in one submission, in units
 * @param maxScore largest score accepted in one submission, in units
 * @param lateness how old an event may be when it arrives, up to 400 years
 */
public record BoardDefinition(
        String title,
        Operator operator,
        SortOrder order,
        Set<Period> periods,
        ZoneId zone,
        DayOfWeek weekStart,
        RankMode rankMode,
        int decimals,
        long minScore,
        long maxScore,
        Duration lateness) {

    /** The most a board may wait for late events: enough for every historic record. */
    public static final Duration MAX_LATENESS = Duration.ofDays(400L * 365);

    private static final int MAX_TITLE = 80;

    /**
     * @throws InvalidInput naming every field that breaks its rule
     */
    public BoardDefinition {
        List<FieldError> errors = new ArrayList<>();
        check(errors, isTitle(title), "title", "must be 1 to 80 characters of text");
        check(errors, decimals >= 0 && decimals <= Score.MAX_DECIMALS, "decimals", "must be 0 to 6");
        check(errors, !periods.isEmpty(), "periods", "must name at least one period");
        check(errors, minScore <= maxScore, "minScore", "must not be above maxScore");
        check(
                errors,
                !lateness.isNegative() && lateness.compareTo(MAX_LATENESS) <= 0,
                "lateness",
                "must be a duration between PT0S and " + MAX_LATENESS);
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        periods = Set.copyOf(periods);
    }

    private static void check(List<FieldError> errors, boolean holds, String field, String message) {
        if (!holds) {
            errors.add(new FieldError(field, message));
        }
    }

    private static boolean isTitle(String title) {
        return title != null
                && !title.isBlank()
                && title.codePointCount(0, title.length()) <= MAX_TITLE
                && title.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    /**
     * The names of what differs from another definition and cannot change once there are events, because standings
     * already hold its consequences.
     */
    List<String> fixedDifferences(BoardDefinition other) {
        List<String> differences = new ArrayList<>();
        addIf(differences, operator != other.operator, "operator");
        addIf(differences, order != other.order, "order");
        addIf(differences, decimals != other.decimals, "decimals");
        addIf(differences, !zone.equals(other.zone), "zone");
        addIf(differences, weekStart != other.weekStart, "weekStart");
        addIf(differences, rankMode != other.rankMode, "rankMode");
        return differences;
    }

    private static void addIf(List<String> names, boolean differs, String name) {
        if (differs) {
            names.add(name);
        }
    }
}
