package dev.laurel.web.players;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.ranking.eligibility.Eligibility.Reason;
import dev.laurel.ranking.eligibility.Eligibility.Verdict;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;

/** Whether a player may play on a board. */
@Schema(name = "Eligibility")
public record EligibilityJson(
        String playerId,
        String board,
        boolean eligible,

        @Schema(
                description =
                        "Reasons against it: the player is BANNED, DISQUALIFIED in a window that is running, lacks "
                                + "an attribute that the board requires (MISSING_ATTRIBUTE), or has had an event too "
                                + "recently (COOLDOWN); or there is NO_SEASON on a board that counts in seasons only")
        List<Reason> reasons,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(description = "Attributes that the board requires and the player lacks")
        List<String> missingAttributes,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "First instant after the cooldown; missing when there is none")
        Instant cooldownUntil,

        Instant asOf,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Missing when the player has no record")
        PlayerJson player) {
    static EligibilityJson of(Verdict verdict) {
        return new EligibilityJson(
                verdict.key().id(),
                verdict.board().name(),
                verdict.eligible(),
                verdict.reasons(),
                verdict.missing(),
                verdict.cooldownUntil(),
                verdict.asOf(),
                verdict.player().map(PlayerJson::of).orElse(null));
    }
}
