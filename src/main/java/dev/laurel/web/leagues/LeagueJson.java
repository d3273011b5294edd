package dev.laurel.web.leagues;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.board.Board;
import dev.laurel.league.Cohort;
import dev.laurel.league.Cohort.CohortPlace;
import dev.laurel.league.LeagueResult;
import dev.laurel.league.Leagues.CohortOfTier;
import dev.laurel.league.Leagues.OwnCohort;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.standings.rank.Source;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The JSON forms of leagues. */
final class LeagueJson {
    private static final String TIED = "Whether only the order of players with equal scores decides about the outcome";

    private LeagueJson() {}

    /** A tier. */
    @Schema(name = "LeagueTier")
    record TierJson(
            @Schema(description = "From 1, the lowest") int number, String name) {}

    /** A player's cohort in the running window. */
    @Schema(name = "OwnLeague")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OwnJson(
            String board,
            Period period,
            String window,
            String playerId,

            @Schema(description = "NONE without an event in the window; WAITING until the window before is settled")
            State state,

            @Schema(description = "Missing unless the player is placed")
            CohortJson cohort) {
        static OwnJson of(OwnCohort own, String playerId, Instant now) {
            State placed = own.cohort() == null ? State.WAITING : State.PLACED;
            return new OwnJson(
                    own.window().board().name(),
                    own.window().period(),
                    own.window().id(),
                    playerId,
                    own.entered() ? placed : State.NONE,
                    own.cohort() == null ? null : CohortJson.of(own.cohort(), now));
        }
    }

    /** Whether a player is in a cohort. */
    @Schema(name = "LeaguePlacement")
    enum State {
        NONE,
        WAITING,
        PLACED
    }

    /** A cohort with its ranking. */
    @Schema(name = "LeagueCohort")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CohortJson(
            long cohort,
            String board,
            Period period,
            String window,
            TierJson tier,

            @Schema(description = "How many go up a tier; 0 in the highest")
            int promote,

            @Schema(description = "How many go down a tier; 0 in the lowest")
            int demote,

            @Schema(description = "Whether the outcomes are final")
            boolean settled,

            @Schema(description = "Players in the cohort, those without a rank included")
            long players,

            Instant asOf,

            @Schema(description = "Missing when settled") Source source,
            List<PlaceJson> entries) {
        static CohortJson of(Cohort cohort, Instant now) {
            int decimals = cohort.board().definition().decimals();
            return new CohortJson(
                    cohort.number(),
                    cohort.board().name(),
                    cohort.period(),
                    cohort.windowId(),
                    new TierJson(cohort.tier(), cohort.tierName()),
                    cohort.promote(),
                    cohort.demote(),
                    cohort.settled(),
                    cohort.players(),
                    now,
                    cohort.source(),
                    cohort.places().stream()
                            .map(place -> PlaceJson.of(place, decimals))
                            .toList());
        }
    }

    /** A player's place in a cohort. */
    @Schema(name = "LeaguePlace")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PlaceJson(
            @Schema(description = "In the cohort") long rank,
            String playerId,
            Number score,

            @Schema(description = "Missing when settled") Instant achievedAt,

            @Schema(
                    description = "What becomes of the player if the window ends now",
                    enumeration = {"PROMOTED", "STAYED", "DEMOTED"})
            String outcome,

            @Schema(description = TIED) boolean tied) {
        static PlaceJson of(CohortPlace place, int decimals) {
            return new PlaceJson(
                    place.rank(),
                    place.playerId(),
                    Score.toNumber(place.score(), decimals),
                    place.achievedAt(),
                    place.outcome(),
                    place.tied());
        }
    }

    /** A cohort in the list of a tier. */
    @Schema(name = "LeagueCohortSize")
    record SizeJson(long cohort, String window, long players) {
        static SizeJson of(CohortOfTier one, String window) {
            return new SizeJson(one.number(), window, one.players());
        }
    }

    /** What a player has reached in one window. */
    @Schema(name = "LeagueResult")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ResultJson(
            String window,
            TierJson tier,
            long cohort,

            @Schema(description = "In the cohort; missing without a final rank, as is score")
            Integer rank,

            Number score,
            @Schema(description = "Players in the cohort") long players,

            @Schema(enumeration = {"PROMOTED", "STAYED", "DEMOTED"})
            String outcome,

            @Schema(description = TIED) boolean tied,
            Instant settledAt) {
        static ResultJson of(LeagueResult result, Board board) {
            return new ResultJson(
                    result.windowId(),
                    new TierJson(result.tier(), result.tierName()),
                    result.cohort(),
                    result.rank(),
                    result.score() == null
                            ? null
                            : Score.toNumber(result.score(), board.definition().decimals()),
                    result.players(),
                    result.outcome(),
                    result.tied(),
                    result.settledAt().truncatedTo(ChronoUnit.MILLIS));
        }
    }
}
