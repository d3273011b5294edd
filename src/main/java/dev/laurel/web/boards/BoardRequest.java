package dev.laurel.web.boards;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Operator;
import dev.laurel.board.RankMode;
import dev.laurel.board.SortOrder;
import dev.laurel.board.TieBreak;
import dev.laurel.board.rules.AccessRules;
import dev.laurel.board.rules.EligibilityRules;
import dev.laurel.board.rules.MembershipRules;
import dev.laurel.board.rules.MembershipRules.GroupPoints;
import dev.laurel.board.rules.MetricRules;
import dev.laurel.board.rules.PlausibilityRules;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.web.NumberText;
import dev.laurel.web.Parameters;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** A board's definition as a client writes it; everything but the title has a default. */
@Schema(name = "BoardDefinition")
public record BoardRequest(
        @Schema(required = true, examples = "Weekly sprint", minLength = 1, maxLength = 80)
        String title,

        @Schema(
                defaultValue = "SUM",
                implementation = Operator.class,
                description = "How a player's events in a window combine, in whatever order they arrive: SUM their sum,"
                        + " BEST the best of them (of equal ones the earliest), LATEST the one that happened last")
        String operator,

        @Schema(defaultValue = "DESC", implementation = SortOrder.class)
        String order,

        @Schema(
                description = "Default: all but SEASON, LAST_7_DAYS and LAST_30_DAYS",
                implementation = Period[].class,
                examples = "[\"DAILY\", \"WEEKLY\", \"ALL_TIME\", \"SEASON\"]")
        List<String> periods,

        @Schema(defaultValue = "UTC", description = "IANA time zone", examples = "Europe/Berlin")
        String zone,

        @Schema(defaultValue = "MONDAY", implementation = DayOfWeek.class)
        String weekStart,

        @Schema(defaultValue = "COMPETITION", implementation = RankMode.class)
        String rankMode,

        @Schema(defaultValue = "EARLIEST", implementation = TieBreak.class)
        String tieBreak,

        @Schema(defaultValue = "0", minimum = "0", maximum = "6")
        Integer decimals,

        @Schema(description = "Smallest score of one submission")
        NumberText minScore,

        @Schema(description = "Largest score of one submission")
        NumberText maxScore,

        @Schema(
                description =
                        "How far one submission may move a standing: with SUM the size of the score, otherwise its distance"
                                + " from the standing in the longest of its windows, by the first metric")
        NumberText maxStep,

        @Schema(
                description =
                        "The metrics to rank by; the first is the default, and the one meant by score. Others can be added"
                                + " later, and submissions may lack those",
                examples = "[\"power\", \"kills\"]")
        List<String> metrics,

        @Schema(
                description = "Metrics that follow from others, ranked like them; they can be added later, too",
                maxItems = MetricRules.MAX_METRICS - 1)
        List<BoardDerivedMetric> derivedMetrics,

        @Schema(defaultValue = "PT5M", description = "How old an event may be", examples = "PT5M")
        String lateness,

        @Schema(description = "How long final rankings are kept; default: forever", examples = "P365D")
        String retention,

        @Schema(description = "What a player needs who is about to play, for the check of eligibility")
        BoardEligibility eligibility,

        @Schema(
                description =
                        "Kinds of groups and names of attributes whose segments may have more players than others; at most 8",
                maxItems = MembershipRules.MAX_SEGMENTS,
                examples = "[\"country\"]")
        List<String> segments,

        @Schema(
                defaultValue = "MOVE",
                implementation = GroupPoints.class,
                description =
                        "Rankings and statistics of groups: MOVE counts all points of a player for the groups of now,"
                                + " STAY each for the groups of the moment at which it was earned")
        String groupPoints,

        @Schema(
                defaultValue = "0",
                minimum = "0",
                maximum = "31",
                description = "Days for which daily positions in the all-time ranking are kept, for changeSince")
        Integer positionDays,

        @Schema(description = "What a submission must not go beyond to count at once; one that does is held for review")
        BoardPlausibility plausibility,

        @Schema(description = "Cohorts of players in each week or month, with promotion and demotion between tiers")
        BoardLeagues leagues,

        @Schema(description = "Who may use the board besides those whose credentials allow it; default: nobody")
        BoardAccess access) {
    private static final Duration DEFAULT_LATENESS = Duration.ofMinutes(5);

    /** A definition as a client would write it. */
    static BoardRequest of(BoardDefinition definition) {
        int scale = definition.decimals();
        return new BoardRequest(
                definition.title(),
                definition.operator().name(),
                definition.order().name(),
                definition.periods().stream().sorted().map(Period::name).toList(),
                definition.zone().getId(),
                definition.weekStart().name(),
                definition.rankMode().name(),
                definition.tieBreak().name(),
                scale,
                // Unbounded: as a number it would not fit with other decimals.
                definition.minScore() == Score.MIN ? null : number(definition.minScore(), scale),
                definition.maxScore() == Score.MAX ? null : number(definition.maxScore(), scale),
                definition.maxStep() == null ? null : number(definition.maxStep(), scale),
                definition.submittedMetrics(),
                BoardDerivedMetric.of(definition.metricRules()),
                definition.lateness().toString(),
                definition.retention() == null ? null : definition.retention().toString(),
                BoardEligibility.of(definition.eligibility()),
                definition.membership().hasSegments() ? definition.membership().segments() : null,
                definition.membership().groupPoints().name(),
                definition.positionDays(),
                BoardPlausibility.of(definition.plausibility(), scale),
                BoardLeagues.of(definition.leagues()),
                BoardAccess.of(definition.access()));
    }

    static NumberText number(long units, int scale) {
        return new NumberText(new BigDecimal(Score.toNumber(units, scale).toString()).toPlainString());
    }

    BoardDefinition definition() {
        int scale = decimals == null ? 0 : decimals;
        if (scale < 0 || scale > Score.MAX_DECIMALS) {
            throw new InvalidInput("decimals", "must be 0 to " + Score.MAX_DECIMALS);
        }
        return new BoardDefinition(
                title,
                oneOf("operator", operator, Operator.SUM, Operator.class),
                oneOf("order", order, SortOrder.DESC, SortOrder.class),
                periodSet(),
                ZoneText.parse("zone", zone),
                oneOf("weekStart", weekStart, DayOfWeek.MONDAY, DayOfWeek.class),
                oneOf("rankMode", rankMode, RankMode.COMPETITION, RankMode.class),
                oneOf("tieBreak", tieBreak, TieBreak.EARLIEST, TieBreak.class),
                scale,
                minScore == null ? Score.MIN : Score.parse("minScore", minScore.text(), scale),
                maxScore == null ? Score.MAX : Score.parse("maxScore", maxScore.text(), scale),
                maxStep == null ? null : Score.parse("maxStep", maxStep.text(), scale),
                BoardDerivedMetric.names(metrics == null ? null : names("metrics", metrics), derivedMetrics),
                DurationText.parse("lateness", lateness, DEFAULT_LATENESS),
                DurationText.parse("retention", retention, null),
                eligibility == null ? EligibilityRules.NONE : eligibility.rules(),
                membership(),
                positionDays == null ? 0 : positionDays,
                plausibility == null ? PlausibilityRules.NONE : plausibility.rules(scale),
                leagues == null ? null : leagues.rules(),
                BoardDerivedMetric.rules(derivedMetrics),
                access == null ? AccessRules.NONE : access.rules());
    }

    private Set<Period> periodSet() {
        if (periods == null) {
            return Period.REGULAR;
        }
        List<FieldError> errors = new ArrayList<>();
        Set<Period> set = EnumSet.noneOf(Period.class);
        for (String name : periods) {
            try {
                set.add(oneOf("periods", name, null, Period.class));
            } catch (InvalidInput e) {
                errors.addAll(e.errors());
            }
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        return set;
    }

    private static <E extends Enum<E>> E oneOf(String field, String name, E byDefault, Class<E> type) {
        if (name == null && byDefault != null) {
            return byDefault;
        }
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new InvalidInput(field, Parameters.oneOf(type.getEnumConstants()));
    }

    private static List<String> names(String field, List<String> names) {
        if (names.stream().anyMatch(Objects::isNull)) {
            throw new InvalidInput(field, "must not contain null");
        }
        return names;
    }

    private MembershipRules membership() {
        return new MembershipRules(
                segments == null ? List.of() : names("segments", segments),
                oneOf("groupPoints", groupPoints, GroupPoints.MOVE, GroupPoints.class));
    }
}
