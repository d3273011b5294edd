package dev.laurel.web.boards;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Operator;
import dev.laurel.board.RankMode;
import dev.laurel.board.SortOrder;
import dev.laurel.board.TieBreak;
import dev.laurel.board.rules.MembershipRules.GroupPoints;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.web.WindowJson;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The JSON form of a board.
 *
 * @param freeze absent when there is none
 * @param windows the running window of each period; only when a single board is requested
 */
@Schema(name = "Board")
public record BoardJson(
        String id,
        String title,
        Operator operator,
        SortOrder order,
        List<Period> periods,
        String zone,
        DayOfWeek weekStart,
        RankMode rankMode,
        TieBreak tieBreak,
        int decimals,
        Number minScore,
        Number maxScore,
        @JsonInclude(JsonInclude.Include.NON_NULL) Number maxStep,
        List<String> metrics,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Schema(description = "Missing without any")
        List<BoardDerivedMetric> derivedMetrics,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(
                description =
                        "Metrics that were added to the board after its first events, and that submissions may lack; missing"
                                + " without any")
        List<String> optionalMetrics,

        String lateness,
        @JsonInclude(JsonInclude.Include.NON_NULL) String retention,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Missing where nothing is demanded")
        BoardEligibility eligibility,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(
                description =
                        "Kinds of groups and names of attributes whose large segments are ranked; missing without any")
        List<String> segments,

        @Schema(description = "For which groups points count when a player changes groups")
        GroupPoints groupPoints,

        @Schema(description = "For how many days positions in the all-time ranking are kept; for changeSince")
        int positionDays,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Missing where every submission counts at once")
        BoardPlausibility plausibility,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Missing where there are none")
        BoardLeagues leagues,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Missing where credentials alone decide")
        BoardAccess access,

        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) FreezeJson freeze,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(
                description =
                        "Periods added later that are still being filled from the ledger; missing when there are none")
        List<Period> filling,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<WindowJson> windows) {
    static BoardJson of(Board board, Instant now, List<WindowJson> windows) {
        BoardDefinition definition = board.definition();
        return new BoardJson(
                board.name(),
                definition.title(),
                definition.operator(),
                definition.order(),
                definition.periods().stream().sorted().toList(),
                definition.zone().getId().equals("Z")
                        ? "UTC"
                        : definition.zone().getId(),
                definition.weekStart(),
                definition.rankMode(),
                definition.tieBreak(),
                definition.decimals(),
                Score.toNumber(definition.minScore(), definition.decimals()),
                Score.toNumber(definition.maxScore(), definition.decimals()),
                definition.maxStep() == null ? null : Score.toNumber(definition.maxStep(), definition.decimals()),
                definition.submittedMetrics(),
                BoardDerivedMetric.of(definition.metricRules()),
                definition.submittedMetrics().stream()
                        .filter(name -> definition.isOptional(definition.metric(name)))
                        .toList(),
                definition.lateness().toString(),
                definition.retention() == null ? null : definition.retention().toString(),
                BoardEligibility.of(definition.eligibility()),
                definition.membership().segments(),
                definition.membership().groupPoints(),
                definition.positionDays(),
                BoardPlausibility.of(definition.plausibility(), definition.decimals()),
                BoardLeagues.of(definition.leagues()),
                BoardAccess.of(definition.access()),
                board.createdAt().truncatedTo(ChronoUnit.MILLIS),
                board.updatedAt().truncatedTo(ChronoUnit.MILLIS),
                board.freeze() == null ? null : FreezeJson.of(board.freeze(), now),
                board.filling().stream().sorted().toList(),
                windows);
    }
}
