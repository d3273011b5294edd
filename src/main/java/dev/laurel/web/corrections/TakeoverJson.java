package dev.laurel.web.corrections;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.correction.TakenOver;
import dev.laurel.correction.TakenOver.Total;
import dev.laurel.correction.TakeoverRow;
import dev.laurel.correction.Takeovers;
import dev.laurel.shared.Period;
import dev.laurel.shared.PlayerIds;
import dev.laurel.web.NumberText;
import dev.laurel.web.scores.ScoreBatchJson.RefusalJson;
import dev.laurel.web.scores.ScoreRequest;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON forms of standings from another system, in requests and responses. */
final class TakeoverJson {
    private static final String REFUSED = "REFUSED";

    private TakeoverJson() {}

    /** Many rows. */
    @Schema(name = "StandingsTakeover")
    record Rows(
            @Schema(required = true, minItems = 1, maxItems = Takeovers.MAX_ROWS)
            List<Row> standings) {}

    /** A player's standings. */
    @Schema(name = "StandingsRow")
    record Row(
            @Schema(required = true, examples = "alice", minLength = 1, maxLength = 128, pattern = PlayerIds.PATTERN)
            String playerId,

            @Schema(
                    required = true,
                    description = "By period in lower case: the player's score in the running window",
                    examples = "{\"daily\": 2, \"weekly\": 9, \"all_time\": 900}",
                    type = SchemaType.OBJECT,
                    additionalProperties = Number.class)
            Map<String, NumberText> scores,

            @Schema(
                    description = "When the scores were reached, which decides ties; default: now. It has to lie "
                            + "in the window of every period in the row",
                    format = "date-time",
                    examples = "2026-11-29T08:30:00Z")
            String achievedAt) {
        TakeoverRow toRow() {
            Map<String, String> numbers = new LinkedHashMap<>();
            if (scores != null) {
                scores.forEach((period, number) -> numbers.put(period, NumberText.of(number)));
            }
            return TakeoverRow.of(playerId, numbers, ScoreRequest.instant("achievedAt", achievedAt));
        }
    }

    /** The outcomes of the rows, in order. */
    @Schema(name = "TakeoverResults")
    record Results(List<Result> results) {
        static Results of(List<TakenOver> rows) {
            return new Results(rows.stream().map(Result::of).toList());
        }
    }

    /** The outcome of one row. */
    @Schema(name = "TakeoverResult")
    record Result(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Missing when the row could not be read")
            String playerId,

            @Schema(
                    description =
                            "REFUSED if the row or one of its periods is; DUPLICATE if all of it was imported before",
                    enumeration = {"APPLIED", "UNCHANGED", "DUPLICATE", "REFUSED"})
            String status,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "By period; missing when the row was refused as a whole")
            Map<Period, TotalJson> periods,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Why the row was refused as a whole")
            RefusalJson error) {
        /** The status of a row is the first of these that one of its periods has. */
        private static final List<String> BY_WEIGHT = List.of(REFUSED, "APPLIED", "UNCHANGED", "DUPLICATE");

        static Result of(TakenOver row) {
            if (row.refusal() != null) {
                return new Result(row.playerId(), REFUSED, null, RefusalJson.of(row.refusal()));
            }
            Map<Period, TotalJson> periods = new EnumMap<>(Period.class);
            row.totals().forEach(total -> periods.put(total.period(), TotalJson.of(total)));
            String status = BY_WEIGHT.stream()
                    .filter(one -> periods.values().stream()
                            .anyMatch(total -> total.status().equals(one)))
                    .findFirst()
                    .orElseThrow();
            return new Result(row.playerId(), status, periods, null);
        }
    }

    /** The outcome of the score in one period. */
    @Schema(name = "TakenOverScore")
    record TotalJson(
            @Schema(examples = "2026-W48") String window,

            @Schema(enumeration = {"APPLIED", "UNCHANGED", "DUPLICATE", "REFUSED"})
            String status,

            @JsonInclude(JsonInclude.Include.NON_NULL) RefusalJson error) {
        static TotalJson of(Total total) {
            return total.refusal() == null
                    ? new TotalJson(total.windowId(), total.outcome().name(), null)
                    : new TotalJson(total.windowId(), REFUSED, RefusalJson.of(total.refusal()));
        }
    }
}
