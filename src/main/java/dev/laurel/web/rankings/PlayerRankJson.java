package dev.laurel.web.rankings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.laurel.ranking.PlayerRank;
import dev.laurel.ranking.ShownPlayer;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.web.WindowJson;
import dev.laurel.web.rankings.RankingJson.Entry;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The JSON forms of one player's place. */
final class PlayerRankJson {
    private PlayerRankJson() {}

    /** A player's place. */
    @JsonPropertyOrder({
        "ranked",
        "rank",
        "playerId",
        "score",
        "achievedAt",
        "change",
        "displayName",
        "avatarUrl",
        "attributes",
        "percentile",
        "total"
    })
    @Schema(name = "PlayerRank")
    record Player(
            boolean ranked,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long rank,
            String playerId,
            @JsonInclude(JsonInclude.Include.NON_NULL) Number score,
            @JsonInclude(JsonInclude.Include.NON_NULL) Instant achievedAt,

            @Schema(description = RankingJson.CHANGE) @JsonInclude(JsonInclude.Include.NON_NULL)
            Long change,

            @Schema(description = RankingJson.SHOWN) @JsonInclude(JsonInclude.Include.NON_NULL)
            String displayName,

            @JsonInclude(JsonInclude.Include.NON_NULL) String avatarUrl,
            @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Object> attributes,

            @Schema(description = "Percentage of players this one beats, plus half of those equal, in [0, 100]")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Double percentile,

            long total,

            @Schema(description = "The neighbour ahead; missing for the first")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Neighbour ahead,

            @Schema(description = "The neighbour after; missing for the last")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Neighbour behind,

            String board,
            Period period,
            WindowJson window,

            @Schema(description = "The segment whose players are ranked among each other; missing for the whole board")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            String segment,

            Source source,

            @Schema(description = RankingJson.CHANGE_SINCE) @JsonInclude(JsonInclude.Include.NON_NULL)
            Instant changeSince) {
        static Player of(PlayerRank found, String playerId, EntryDetails details) {
            RankingRef ranking = found.ranking();
            Entry own = found.ranked() ? Entry.of(found.own(), ranking, details) : null;
            ShownPlayer shown = details.player(playerId);
            return new Player(
                    found.ranked(),
                    own == null ? null : own.rank(),
                    playerId,
                    own == null ? null : own.score(),
                    own == null ? null : own.achievedAt(),
                    own == null ? null : own.change(),
                    shown.displayName(),
                    shown.avatarUrl(),
                    shown.attributes(),
                    found.percentile(),
                    found.total(),
                    own == null ? null : Neighbour.of(found.ahead(), found, details),
                    own == null ? null : Neighbour.of(found.behind(), found, details),
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    RankingJson.segmentOf(ranking),
                    found.source(),
                    details.changeSince());
        }
    }

    /** The player next to another one. */
    @Schema(name = "Neighbour")
    record Neighbour(
            long rank,
            String playerId,
            Number score,

            @Schema(description = "Difference of the two scores, never negative")
            Number gap,

            @JsonInclude(JsonInclude.Include.NON_NULL) String displayName,
            @JsonInclude(JsonInclude.Include.NON_NULL) String avatarUrl,
            @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Object> attributes) {
        static Neighbour of(Ranked neighbour, PlayerRank of, EntryDetails details) {
            if (neighbour == null) {
                return null;
            }
            int decimals = of.ranking().board().definition().decimals();
            long gap =
                    Math.abs(neighbour.standing().score() - of.own().standing().score());
            ShownPlayer shown = details.player(neighbour.standing().playerId());
            return new Neighbour(
                    neighbour.rank(),
                    neighbour.standing().playerId(),
                    Score.toNumber(neighbour.standing().score(), decimals),
                    Score.toNumber(gap, decimals),
                    shown.displayName(),
                    shown.avatarUrl(),
                    shown.attributes());
        }
    }

    /** A player and the neighbours. */
    @Schema(name = "Neighbours")
    record Neighbours(
            boolean ranked,
            @JsonInclude(JsonInclude.Include.NON_NULL) Long rank,
            String playerId,
            long total,
            String board,
            Period period,
            WindowJson window,

            @Schema(description = "The segment whose players are ranked among each other; missing for the whole board")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            String segment,

            Source source,

            @Schema(description = RankingJson.CHANGE_SINCE) @JsonInclude(JsonInclude.Include.NON_NULL)
            Instant changeSince,

            List<Entry> entries) {
        static Neighbours of(PlayerRank found, String playerId, EntryDetails details) {
            RankingRef ranking = found.ranking();
            return new Neighbours(
                    found.ranked(),
                    found.ranked() ? found.own().rank() : null,
                    playerId,
                    found.total(),
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    RankingJson.segmentOf(ranking),
                    found.source(),
                    details.changeSince(),
                    Entry.all(found.around(), ranking, details));
        }
    }
}
