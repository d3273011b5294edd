package dev.laurel.web.boards;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.board.rules.EligibilityRules;
import dev.laurel.shared.LaurelException.InvalidInput;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What a board demands of players, as clients write and read it. */
@Schema(name = "BoardEligibility")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BoardEligibility(
        @Schema(
                description = "Attributes that the player's record must have; false counts as missing",
                maxItems = EligibilityRules.MAX_REQUIRED,
                examples = "[\"accepted_terms\"]")
        List<String> requires,

        @Schema(description = "How long a player waits after the last event", examples = "PT10S")
        String cooldown) {
    /** The rules as a client would write them; null where nothing is demanded. */
    static BoardEligibility of(EligibilityRules rules) {
        return rules.equals(EligibilityRules.NONE)
                ? null
                : new BoardEligibility(rules.requires(), rules.cooldown().toString());
    }

    /** These rules, changed as a merge patch says. */
    static BoardEligibility merged(BoardEligibility now, BoardEligibility wanted, Set<String> named) {
        if (wanted == null || now == null) {
            return wanted;
        }
        return new BoardEligibility(
                named.contains("eligibility.requires") ? wanted.requires : now.requires,
                named.contains("eligibility.cooldown") ? wanted.cooldown : now.cooldown);
    }

    EligibilityRules rules() {
        if (requires != null && requires.stream().anyMatch(Objects::isNull)) {
            throw new InvalidInput("eligibility.requires", "must not contain null");
        }
        return new EligibilityRules(
                requires == null ? List.of() : requires,
                DurationText.parse("eligibility.cooldown", cooldown, Duration.ZERO));
    }
}
