package dev.laurel.web.players;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.ranking.Eligibility.Reason;
import dev.laurel.ranking.Eligibility.Verdict;
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
                        "What speaks against it: the player is BANNED, DISQUALIFIED in a window that is running, or "
                                + "there is NO_SEASON on a board that counts in seasons only")
        List<Reason> reasons,

        Instant asOf,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Missing when the player has no record")
        PlayerJson player) {
    static EligibilityJson of(Verdict verdict) {
        return new EligibilityJson(
                verdict.key().id(),
                verdict.board().name(),
                verdict.eligible(),
                verdict.reasons(),
                verdict.asOf(),
                verdict.player().map(PlayerJson::of).orElse(null));
    }
}
