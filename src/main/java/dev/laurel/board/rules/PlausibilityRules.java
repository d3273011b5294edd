package dev.laurel.board.rules;

import dev.laurel.shared.FieldError;

import java.util.List;

/**
 * The limits of what a board believes: a submission beyond one of them is not refused but held for review, and counts once
 * an administrator has accepted it. They lie within the bounds beyond which submissions are refused. All are about the
 * first metric; null for no limit.
 *
 * @param minScore smallest score that counts at once, in units
 * @param maxScore largest score that counts at once, in units
 * @param maxStep how far one submission may move a standing, in units, as for the step beyond which one is refused
 * @param maxEventsPerMinute how many events of a player may count in one minute, by their instants
 * @param maxSumPerDay how far from 0 the sum of a player's scores in one day of the board may be, in units
 */
public record PlausibilityRules(
        Long minScore, Long maxScore, Long maxStep, Integer maxEventsPerMinute, Long maxSumPerDay) {
    /** Believes everything. */
    public static final PlausibilityRules NONE = new PlausibilityRules(null, null, null, null, null);

    /** Beyond it a limit would never be reached. */
    public static final int MAX_EVENTS_PER_MINUTE = 1_000_000;

    /** Whether every submission counts at once. */
    public boolean isNone() {
        return equals(NONE);
    }

    /** The rules of these rules: adds an error for every field that violates its own. */
    public void check(List<FieldError> errors, HardBounds hard) {
        check(errors, isWithin(minScore, hard), "minScore", "must be within the board's minScore and maxScore");
        check(errors, isWithin(maxScore, hard), "maxScore", "must be within the board's minScore and maxScore");
        check(
                errors,
                minScore == null || maxScore == null || minScore <= maxScore,
                "minScore",
                "must not be above maxScore");
        check(errors, maxStep == null || maxStep > 0, "maxStep", "must be above 0");
        check(
                errors,
                maxStep == null || hard.maxStep() == null || maxStep <= hard.maxStep(),
                "maxStep",
                "must not be above the board's maxStep, beyond which a score is refused");
        check(
                errors,
                maxEventsPerMinute == null || maxEventsPerMinute >= 1 && maxEventsPerMinute <= MAX_EVENTS_PER_MINUTE,
                "maxEventsPerMinute",
                "must be 1 to " + MAX_EVENTS_PER_MINUTE);
        check(errors, maxSumPerDay == null || maxSumPerDay > 0, "maxSumPerDay", "must be above 0");
    }

    private static boolean isWithin(Long bound, HardBounds hard) {
        return bound == null || bound >= hard.minScore() && bound <= hard.maxScore();
    }

    private static void check(List<FieldError> errors, boolean holds, String field, String message) {
        if (!holds) {
            errors.add(new FieldError("plausibility." + field, message));
        }
    }

    /**
     * The bounds of the board beyond which submissions are refused.
     *
     * @param maxStep null for none
     */
    public record HardBounds(long minScore, long maxScore, Long maxStep) {}
}
