package dev.laurel.web.rankings;

import dev.laurel.ranking.Quantiles;
import dev.laurel.ranking.WhatIf;
import dev.laurel.shared.Period;
import dev.laurel.shared.Score;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.web.WindowJson;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.List;

/** The JSON forms of the value of scores. */
final class StatisticsJson {
    private StatisticsJson() {}

    /** The place of a score. */
    @Schema(name = "WhatIf")
    record WhatIfJson(
            String board,
            Period period,
            WindowJson window,
            String metric,
            Number score,

            @Schema(description = "Rank that a new player with this score would have")
            long rank,

            @Schema(description = "As for a player, with the new player included")
            double percentile,

            @Schema(description = "Players in the window, without the new player")
            long total,

            Source source) {
        static WhatIfJson of(WhatIf found) {
            RankingRef ranking = found.ranking();
            return new WhatIfJson(
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    RankingJson.metricOf(ranking),
                    Score.toNumber(found.score(), ranking.board().definition().decimals()),
                    found.rank(),
                    found.percentile(),
                    found.total(),
                    found.source());
        }
    }

    /** The scores at given shares of a ranking. */
    @Schema(name = "Percentiles")
    record Percentiles(
            String board,
            Period period,
            WindowJson window,
            String metric,
            long total,
            Source source,

            @Schema(description = "One for each requested share; empty if no player is ranked")
            List<PercentileEntry> entries) {
        static Percentiles of(Quantiles found) {
            RankingRef ranking = found.ranking();
            int decimals = ranking.board().definition().decimals();
            return new Percentiles(
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    RankingJson.metricOf(ranking),
                    found.total(),
                    found.source(),
                    found.entries().stream()
                            .map(one -> new PercentileEntry(
                                    Score.toNumber(one.share(), 2),
                                    Score.toNumber(one.ranked().standing().score(), decimals),
                                    one.ranked().rank()))
                            .toList());
        }
    }

    /** The score that this share of the players does not surpass, and its rank. */
    @Schema(name = "PercentileEntry")
    record PercentileEntry(
            @Schema(description = "Share of the players, in percent")
            Number at,

            Number score,
            long rank) {}
}
