package dev.laurel.web.rankings;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.laurel.board.BoardDefinition;
import dev.laurel.ranking.PlayerRank;
import dev.laurel.ranking.ShownPlayer;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.standings.rank.PlayerRows.MetricPlace;
import dev.laurel.standings.rank.Ranked;
import dev.laurel.standings.rank.Ranks;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.web.WindowJson;
import dev.laurel.web.rankings.RankingJson.Entry;
import dev.laurel.web.rankings.RankingJson.RowNumbers;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.LinkedHashMap;
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
        "metrics",
        "baseline",
        "gain",
        "ranks",
        "tier",
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

            @Schema(description = RankingJson.METRICS) @JsonInclude(JsonInclude.Include.NON_NULL)
            Map<String, Number> metrics,

            @Schema(description = RankingJson.BASELINE) @JsonInclude(JsonInclude.Include.NON_NULL)
            Map<String, Number> baseline,

            @Schema(description = RankingJson.GAIN) @JsonInclude(JsonInclude.Include.NON_NULL)
            Map<String, Number> gain,

            @Schema(
                    description =
                            "For with=metrics: the rank by each metric that the player has a value of; not for segments")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            Map<String, MetricRank> ranks,

            @Schema(description = RankingJson.TIER) @JsonInclude(JsonInclude.Include.NON_NULL)
            String tier,

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
        static Player of(PlayerRank found, String playerId, EntryDetails details, Map<String, MetricRank> ranks) {
            RankingRef ranking = found.ranking();
            Entry own = found.ranked() ? Entry.of(found.own(), ranking, details) : null;
            ShownPlayer shown = details.player(playerId);
            RowNumbers row = RowNumbers.of(details.row(playerId), ranking);
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
                    row.metrics(),
                    row.baseline(),
                    row.gain(),
                    ranks,
                    own == null ? null : own.tier(),
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

    /** A player's rank by one of the board's metrics. */
    @Schema(name = "MetricRank")
    record MetricRank(
            long rank,

            @Schema(description = "Players with a rank by this metric")
            long total) {
        /** By name of the metric; null without places. */
        static Map<String, MetricRank> of(RankingRef ranking, List<MetricPlace> places) {
            if (places.isEmpty()) {
                return null;
            }
            Map<String, MetricRank> ranks = new LinkedHashMap<>();
            BoardDefinition definition = ranking.board().definition();
            for (int metric = 0; metric < places.size(); metric++) {
                MetricPlace place = places.get(metric);
                if (place.placed() != null) {
                    ranks.put(
                            definition.metrics().get(metric),
                            new MetricRank(
                                    Ranks.of(definition.rankMode(), place.placed())
                                            .rank(),
                                    place.total()));
                }
            }
            return ranks;
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
