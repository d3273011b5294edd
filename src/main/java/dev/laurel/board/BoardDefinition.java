package dev.laurel.board;

import dev.laurel.board.rules.AccessRules;
import dev.laurel.board.rules.EligibilityRules;
import dev.laurel.board.rules.LeagueRules;
import dev.laurel.board.rules.MembershipRules;
import dev.laurel.board.rules.MetricRules;
import dev.laurel.board.rules.PlausibilityRules;
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
import java.util.stream.IntStream;

/**
 * The rules of a board, chosen by its owner: what is scored, how, over which periods, in which time zone.
 *
 * @param title display name, 1 to 80 characters
 * @param decimals of scores, 0 to 6
 * @param minScore smallest score accepted in one submission, in units
 * @param maxScore largest score accepted in one submission, in units
 * @param maxStep how far one submission may move a standing, in units; null for any distance
 * @param metrics names of the metrics to rank by, 1 to {@value MetricRules#MAX_METRICS}, the derived ones included; the first
 *     is the default, and each is known by its place: it never changes once there are events
 * @param lateness how old an event may be when it arrives, up to 400 years
 * @param retention how long final rankings are kept after a window has closed, longer than any rolling period; null
 *     for ever
 * @param eligibility what a player needs who is about to play
 * @param membership what the board wants of groups and segments
 * @param positionDays for how many days the positions of the all-time ranking at the end of each day are kept, 0 to
 *     {@value #MAX_POSITION_DAYS}
 * @param plausibility what a submission must not go beyond to count without a review
 * @param leagues null for none
 * @param metricRules where the values of metrics come from
 * @param access who may use it besides those whose credentials allow it
 */
public record BoardDefinition(
        String title,
        Operator operator,
        SortOrder order,
        Set<Period> periods,
        ZoneId zone,
        DayOfWeek weekStart,
        RankMode rankMode,
        TieBreak tieBreak,
        int decimals,
        long minScore,
        long maxScore,
        Long maxStep,
        List<String> metrics,
        Duration lateness,
        Duration retention,
        EligibilityRules eligibility,
        MembershipRules membership,
        int positionDays,
        PlausibilityRules plausibility,
        LeagueRules leagues,
        MetricRules metricRules,
        AccessRules access) {

    /** The longest that a board may wait for late events: enough for every historic record. */
    public static final Duration MAX_LATENESS = Duration.ofDays(400L * 365);

    /** The name of the only metric of a board that names none. */
    public static final String DEFAULT_METRIC = "score";

    /** Each day is a row for each player and metric. */
    public static final int MAX_POSITION_DAYS = 31;

    private static final Duration LEAST_RETENTION = Duration.ofDays(1);
    private static final int MAX_TITLE = 80;

    /** @throws InvalidInput naming every field that violates its rule */
    public BoardDefinition {
        List<FieldError> errors = new ArrayList<>();
        check(errors, isTitle(title), "title", "must be 1 to 80 characters of text");
        check(errors, decimals >= 0 && decimals <= Score.MAX_DECIMALS, "decimals", "must be 0 to 6");
        check(errors, !periods.isEmpty(), "periods", "must name at least one period");
        check(
                errors,
                periods.contains(Period.DAILY) || periods.stream().noneMatch(Period::isRolling),
                "periods",
                "must have DAILY with LAST_7_DAYS and LAST_30_DAYS, which are made of days");
        check(errors, minScore <= maxScore, "minScore", "must not be above maxScore");
        check(errors, maxStep == null || maxStep > 0, "maxStep", "must be above 0");
        metricRules.check(errors, metrics, periods);
        check(
                errors,
                retention == null
                        || retention.compareTo(LEAST_RETENTION) >= 0 && retention.compareTo(MAX_LATENESS) <= 0,
                "retention",
                "must be a duration between " + LEAST_RETENTION + " and " + MAX_LATENESS);
        check(
                errors,
                retention == null || retention.compareTo(Duration.ofDays(longestRolling(periods))) > 0,
                "retention",
                "must be longer than the days of a rolling period");
        check(
                errors,
                !lateness.isNegative() && lateness.compareTo(MAX_LATENESS) <= 0,
                "lateness",
                "must be a duration between PT0S and " + MAX_LATENESS);
        eligibility.check(errors);
        membership.check(errors);
        check(
                errors,
                positionDays >= 0 && positionDays <= MAX_POSITION_DAYS,
                "positionDays",
                "must be 0 to " + MAX_POSITION_DAYS);
        check(
                errors,
                positionDays == 0 || periods.contains(Period.ALL_TIME),
                "positionDays",
                "needs the period ALL_TIME, whose positions are kept");
        plausibility.check(errors, new PlausibilityRules.HardBounds(minScore, maxScore, maxStep));
        if (leagues != null) {
            leagues.check(errors, periods, lateness);
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        periods = Set.copyOf(periods);
        metrics = List.copyOf(metrics);
    }

    private static int longestRolling(Set<Period> periods) {
        return periods.stream().mapToInt(Period::days).max().orElse(0);
    }

    private static void check(List<FieldError> errors, boolean holds, String field, String message) {
        if (!holds) {
            errors.add(new FieldError(field, message));
        }
    }

    static boolean isTitle(String title) {
        return title != null
                && !title.isBlank()
                && title.codePointCount(0, title.length()) <= MAX_TITLE
                && title.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    /**
     * The number of a metric.
     *
     * @param name null for the default
     * @throws InvalidInput when the board has no such metric
     */
    public int metric(String name) {
        int number = name == null ? 0 : metrics.indexOf(name);
        if (number < 0) {
            throw new InvalidInput("metric", "must be one of " + String.join(", ", metrics));
        }
        return number;
    }

    /** The same definition with other metrics. */
    private BoardDefinition with(List<String> names, MetricRules rules) {
        return new BoardDefinition(
                title,
                operator,
                order,
                periods,
                zone,
                weekStart,
                rankMode,
                tieBreak,
                decimals,
                minScore,
                maxScore,
                maxStep,
                names,
                lateness,
                retention,
                eligibility,
                membership,
                positionDays,
                plausibility,
                leagues,
                rules,
                access);
    }

    /**
     * This definition as a change of another one: metrics keep their places, and those that come to a board with events
     * may be missing in submissions.
     */
    BoardDefinition following(BoardDefinition before, Board.Content content) {
        if (content.isNone()) {
            return metricRules.required() == null ? this : with(metrics, metricRules.requiring(null));
        }
        List<String> ordered = metricRules.order(metrics, before.metrics, before.metricRules);
        if (!content.events()) {
            return with(ordered, metricRules.requiring(null));
        }
        Integer required = before.metricRules.required();
        return with(
                ordered,
                metricRules.requiring(
                        required == null && ordered.size() > before.metrics.size()
                                ? Integer.valueOf(before.metrics.size())
                                : required));
    }

    /** Whether submissions have values of a metric: it is not derived. */
    public boolean isSubmitted(int metric) {
        return !metricRules.derived().containsKey(metrics.get(metric));
    }

    /** Whether a submission may lack a value of a metric, which is then as it was. */
    public boolean isOptional(int metric) {
        return !isSubmitted(metric) || metricRules.required() != null && metric >= metricRules.required();
    }

    /** What changes nothing of a metric where scores are added up: null for one that need not have a value. */
    public Long nothing(int metric) {
        return isOptional(metric) ? null : Long.valueOf(0);
    }

    /** The names of the metrics that each submission has to have a value of: 0 stands for what is missing of a sum. */
    public List<String> requiredMetrics() {
        return IntStream.range(0, operator == Operator.SUM ? 1 : metrics.size())
                .filter(metric -> !isOptional(metric))
                .mapToObj(metrics::get)
                .toList();
    }

    /** The names of the metrics that submissions have values of, in their order. */
    public List<String> submittedMetrics() {
        return metrics.stream()
                .filter(name -> !metricRules.derived().containsKey(name))
                .toList();
    }
}
