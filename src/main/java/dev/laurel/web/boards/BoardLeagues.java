package dev.laurel.web.boards;

import dev.laurel.board.rules.LeagueRules;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The leagues of a board, as clients write and read them. */
@Schema(name = "BoardLeagues")
public record BoardLeagues(
        @Schema(
                description = "The period of the board whose windows are rounds",
                enumeration = {"WEEKLY", "MONTHLY"},
                defaultValue = "WEEKLY")
        String period,

        @Schema(
                required = true,
                description = "Players in a full cohort",
                minimum = "2",
                maximum = "1000",
                examples = "30")
        Integer size,

        @Schema(required = true, description = "How many of a cohort go up a tier", minimum = "1", examples = "5")
        Integer promote,

        @Schema(description = "How many of a cohort go down a tier", defaultValue = "0", examples = "5")
        Integer demote,

        @Schema(
                required = true,
                description = "Names of the tiers, the lowest first; new players begin there",
                minItems = 1,
                maxItems = LeagueRules.MAX_TIERS,
                examples = "[\"bronze\", \"silver\", \"gold\"]")
        List<String> tiers) {
    /** The rules as a client would write them; null for none. */
    static BoardLeagues of(LeagueRules rules) {
        return rules == null
                ? null
                : new BoardLeagues(rules.period().name(), rules.size(), rules.promote(), rules.demote(), rules.tiers());
    }

    /** These rules, changed as a merge patch says. */
    static BoardLeagues merged(BoardLeagues now, BoardLeagues wanted, Set<String> named) {
        if (wanted == null || now == null) {
            return wanted;
        }
        return new BoardLeagues(
                named.contains("leagues.period") ? wanted.period : now.period,
                named.contains("leagues.size") ? wanted.size : now.size,
                named.contains("leagues.promote") ? wanted.promote : now.promote,
                named.contains("leagues.demote") ? wanted.demote : now.demote,
                named.contains("leagues.tiers") ? wanted.tiers : now.tiers);
    }

    LeagueRules rules() {
        require("size", size);
        require("promote", promote);
        require("tiers", tiers);
        if (tiers.stream().anyMatch(Objects::isNull)) {
            throw new InvalidInput("leagues.tiers", "must not contain null");
        }
        return new LeagueRules(wanted(), size, promote, demote == null ? 0 : demote, tiers);
    }

    private Period wanted() {
        for (Period one : List.of(Period.WEEKLY, Period.MONTHLY)) {
            if (period == null || one.name().equals(period)) {
                return one;
            }
        }
        throw new InvalidInput("leagues.period", "must be WEEKLY or MONTHLY");
    }

    private static void require(String field, Object value) {
        if (value == null) {
            throw new InvalidInput(List.of(new FieldError("leagues." + field, "is missing")));
        }
    }
}
