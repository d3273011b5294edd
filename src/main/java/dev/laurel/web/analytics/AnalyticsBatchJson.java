package dev.laurel.web.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.analytics.ManyPlayers.Answer;
import dev.laurel.analytics.ManyPlayers.Entry;
import dev.laurel.analytics.ManyPlayers.Part;
import dev.laurel.analytics.rollup.PlayerTotals;
import dev.laurel.shared.PlayerIds;
import dev.laurel.web.analytics.MasteryJson.TagJson;
import dev.laurel.web.analytics.SummaryJson.StreakJson;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** The JSON forms of figures of many players. */
public final class AnalyticsBatchJson {
    private AnalyticsBatchJson() {}

    /** Which figures of which players. */
    @Schema(name = "AnalyticsQuestion")
    public record Question(
            @Schema(required = true, examples = "sprint") String board,

            @Schema(required = true, minItems = 1, maxItems = 1_000, examples = "[\"alice\"]")
            List<String> playerIds,

            @Schema(
                    description = "SUMMARY, STREAK or MASTERY; SUMMARY by default",
                    examples = "[\"SUMMARY\",\"STREAK\"]")
            List<String> parts,

            @Schema(description = "First day of the summary; 29 days before the last when not given", format = "date")
            String from,

            @Schema(description = "Last day of the summary; today when not given", format = "date")
            String to) {}

    /** The figures, in the order of the question. */
    @Schema(name = "AnalyticsAnswer")
    public record AnswerJson(
            String board,
            String zone,
            Instant asOf,
            LocalDate from,
            LocalDate to,
            List<PlayerJson> players,

            @Schema(description = "Players who have never scored on the board, or take no rank")
            List<String> missing) {
        static AnswerJson of(Answer found) {
            Units units = new Units(found.board().definition());
            return new AnswerJson(
                    found.board().name(),
                    found.board().definition().zone().getId(),
                    found.asOf(),
                    found.days().from(),
                    found.days().to(),
                    found.entries().stream()
                            .map(one -> PlayerJson.of(one, units))
                            .toList(),
                    found.missing());
        }
    }

    /** The parts asked for. */
    @Schema(name = "AnalyticsOfPlayer")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PlayerJson(
            @Schema(pattern = PlayerIds.PATTERN) String playerId,
            TotalsJson summary,
            StreakJson streak,
            List<TagJson> mastery) {
        static PlayerJson of(Entry found, Units units) {
            return new PlayerJson(
                    found.playerId(),
                    found.totals() == null ? null : TotalsJson.of(found.totals(), units),
                    found.streak() == null ? null : StreakJson.of(found.streak()),
                    found.tags() == null
                            ? null
                            : found.tags().stream().map(TagJson::of).toList());
        }
    }

    /** The totals of some days. */
    @Schema(name = "AnalyticsTotals")
    public record TotalsJson(Number total, long events, long activeDays, OutcomesJson outcomes) {
        static TotalsJson of(PlayerTotals found, Units units) {
            return new TotalsJson(
                    units.of(found.sum()), found.events(), found.days(), OutcomesJson.of(found.outcomes()));
        }
    }

    static Part part(String name) {
        for (Part part : Part.values()) {
            if (part.name().equals(name)) {
                return part;
            }
        }
        return null;
    }
}
