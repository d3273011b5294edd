package dev.laurel.web.scores;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.score.Receipt;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.standings.write.WriteResult.Outcome;
import dev.laurel.standings.write.WriteResult.WindowStanding;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The response to a score event; the event id only where the client chose one. */
@Schema(name = "Receipt")
public record ReceiptJson(
        @JsonInclude(JsonInclude.Include.NON_NULL) String eventId,

        @Schema(enumeration = {"APPLIED", "UNCHANGED", "DUPLICATE", "HELD", "REJECTED"})
        Outcome status,

        @Schema(description = "By period: the player's standing after the event; empty while the event does not count")
        Map<Period, StandingJson> standings) {
    public static ReceiptJson of(Receipt receipt) {
        int decimals = receipt.board().definition().decimals();
        Map<Period, StandingJson> standings = new EnumMap<>(Period.class);
        for (WindowStanding own : receipt.standings()) {
            StandingJson json = StandingJson.of(own, decimals);
            if (own.ranking().metric() == 0) {
                standings.put(own.ranking().period(), json);
            } else {
                String metric = own.ranking()
                        .board()
                        .definition()
                        .metrics()
                        .get(own.ranking().metric());
                standings.get(own.ranking().period()).metrics().put(metric, json);
            }
        }
        return new ReceiptJson(receipt.eventId(), receipt.outcome(), standings);
    }

    /**
     * A player's standing in one window; the ranks are absent while Redis is unavailable, the board is frozen, or
     * nobody asks for them.
     */
    @Schema(name = "StandingAfterEvent")
    public record StandingJson(
            String window,
            @JsonInclude(JsonInclude.Include.NON_NULL) Number score,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long rank,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long previousRank,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long total,

            @Schema(description = "Present if the player takes no rank: disqualified in this window, banned, or hidden")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Boolean disqualified,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @Schema(description = "By further metric of the board")
            Map<String, StandingJson> metrics) {
        public static StandingJson of(WindowStanding own, int decimals) {
            Number score = own.standing() == null
                    ? null
                    : Score.toNumber(own.standing().score(), decimals);
            return new StandingJson(
                    own.ranking().window().id(),
                    score,
                    own.rank(),
                    own.previousRank(),
                    own.total(),
                    own.barred() ? Boolean.TRUE : null,
                    new LinkedHashMap<>());
        }
    }
}
