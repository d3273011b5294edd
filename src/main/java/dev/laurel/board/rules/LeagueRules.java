package dev.laurel.board.rules;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.Ids;
import dev.laurel.shared.Period;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The leagues of a board: in each window of a period, its players are put into cohorts of players of the same tier, and
 * change tiers by their rank in the cohort.
 *
 * @param period {@code WEEKLY} or {@code MONTHLY}
 * @param size players in a full cohort, 2 to {@value #MAX_SIZE}
 * @param promote how many of a cohort go up a tier
 * @param demote how many of a cohort go down a tier
 * @param tiers their names, the lowest first
 */
public record LeagueRules(Period period, int size, int promote, int demote, List<String> tiers) {
    /** A cohort is shown as a whole. */
    public static final int MAX_SIZE = 1_000;

    public static final int MAX_TIERS = 20;
    public static final int MAX_NAME = 32;

    /** Until a window is closed, nobody knows the tiers of the next one. */
    public static final Duration MAX_LATENESS = Duration.ofDays(1);

    private static final Set<Period> PERIODS = Set.of(Period.WEEKLY, Period.MONTHLY);

    public LeagueRules {
        tiers = List.copyOf(tiers);
    }

    /** The rules of these rules: adds an error for every field that violates its own. */
    public void check(List<FieldError> errors, Set<Period> kept, Duration lateness) {
        check(
                errors,
                PERIODS.contains(period) && kept.contains(period),
                "period",
                "must be WEEKLY or MONTHLY, and a period of the board");
        check(errors, size >= 2 && size <= MAX_SIZE, "size", "must be 2 to " + MAX_SIZE);
        check(errors, promote >= 1, "promote", "must be at least 1");
        check(errors, demote >= 0, "demote", "must not be negative");
        check(errors, (long) promote + demote <= size, "promote", "must not be more than size, together with demote");
        check(
                errors,
                !tiers.isEmpty()
                        && tiers.size() <= MAX_TIERS
                        && Set.copyOf(tiers).size() == tiers.size(),
                "tiers",
                "must be 1 to " + MAX_TIERS + " different names");
        check(
                errors,
                tiers.stream().allMatch(name -> Ids.isValid(name) && name.length() <= MAX_NAME),
                "tiers",
                "must be names of letters, digits and ._- with at most " + MAX_NAME + " characters");
        check(
                errors,
                lateness.compareTo(MAX_LATENESS) <= 0,
                "period",
                "needs a lateness of at most " + MAX_LATENESS + ", since the next window waits for it");
    }

    private static void check(List<FieldError> errors, boolean holds, String field, String message) {
        if (!holds) {
            errors.add(new FieldError("leagues." + field, message));
        }
    }
}
