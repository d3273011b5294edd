package dev.laurel.web.tiers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.ranking.ShownPlayer;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.tier.TierCounts;
import dev.laurel.tier.TierPage;
import dev.laurel.web.PageJson.Pagination;
import dev.laurel.web.WindowJson;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The JSON forms of rankings divided into tiers. */
final class TierRankingsJson {
    private static final String SEGMENT = "The segment whose players are counted; missing for the whole board";
    private static final String AS_OF = "When PostgreSQL was read, two minutes ago at most";

    private TierRankingsJson() {}

    private static String metricOf(RankingRef ranking) {
        return ranking.board().definition().metrics().get(ranking.metric());
    }

    private static String segmentOf(RankingRef ranking) {
        return ranking.segment() == null ? null : ranking.segment().name();
    }

    /** How many players each tier has. */
    @Schema(name = "TierCounts")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Counts(
            String board,
            Period period,
            WindowJson window,
            String metric,
            @Schema(description = SEGMENT) String segment,
            @Schema(description = AS_OF) Instant asOf,
            Source source,

            @Schema(description = "In the order of the definition")
            List<Count> tiers,

            @Schema(description = "Players who fit no tier") long others,

            @Schema(description = "All players of the ranking")
            long total) {
        static Counts of(TierCounts found) {
            RankingRef ranking = found.ranking();
            return new Counts(
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    metricOf(ranking),
                    segmentOf(ranking),
                    found.asOf(),
                    found.source(),
                    found.tiers().stream()
                            .map(one -> new Count(one.name(), one.players()))
                            .toList(),
                    found.others(),
                    found.total());
        }
    }

    /** Of one tier. */
    @Schema(name = "TierCount")
    record Count(@Schema(examples = "Warrior") String name, long players) {}

    /** Players of a tier. */
    @Schema(name = "TierPlayers")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Players(
            String board,
            Period period,
            WindowJson window,
            String metric,
            @Schema(description = SEGMENT) String segment,
            String tier,
            @Schema(description = AS_OF) Instant asOf,
            Source source,

            @Schema(description = "In ranking order") List<Player> items,
            Pagination pagination) {
        static Players of(TierPage found, Map<String, ShownPlayer> shown, PageRequest page) {
            RankingRef ranking = found.ranking();
            long pages = (found.total() + page.limit() - 1) / page.limit();
            return new Players(
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    metricOf(ranking),
                    segmentOf(ranking),
                    found.tier(),
                    found.asOf(),
                    found.source(),
                    found.players().stream()
                            .map(one -> Player.of(one, ranking, shown))
                            .toList(),
                    new Pagination(page.page(), page.limit(), found.total(), pages));
        }
    }

    /** A player of a tier. */
    @Schema(name = "TierPlayer")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Player(
            @Schema(description = "In the whole ranking, or among the players of the segment")
            long rank,

            String playerId,

            @Schema(description = "The player's name, or a neutral one; missing when the player has no record")
            String displayName,

            Number score,
            Instant achievedAt) {
        static Player of(Ranked one, RankingRef ranking, Map<String, ShownPlayer> shown) {
            String player = one.standing().playerId();
            return new Player(
                    one.rank(),
                    player,
                    shown.getOrDefault(player, ShownPlayer.NOTHING).displayName(),
                    Score.toNumber(
                            one.standing().score(), ranking.board().definition().decimals()),
                    Instant.ofEpochMilli(one.standing().reachedAt()));
        }
    }
}
