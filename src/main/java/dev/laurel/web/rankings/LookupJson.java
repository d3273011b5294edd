package dev.laurel.web.rankings;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.ranking.ChosenPlayers;
import dev.laurel.shared.Period;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.web.WindowJson;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The JSON forms of the standings of given players. */
final class LookupJson {
    private LookupJson() {}

    /** The given players in ranking order. */
    @Schema(name = "Lookup")
    record Lookup(
            String board,
            Period period,
            WindowJson window,

            @Schema(description = "The segment whose players are ranked among each other; missing for the whole board")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            String segment,

            long total,
            Source source,

            @Schema(description = RankingJson.CHANGE_SINCE) @JsonInclude(JsonInclude.Include.NON_NULL)
            Instant changeSince,

            List<ChosenEntry> entries,

            @Schema(description = "Requested, but without a standing here")
            List<String> missing) {
        static Lookup of(ChosenPlayers found, EntryDetails details) {
            RankingRef ranking = found.ranking();
            return new Lookup(
                    ranking.board().name(),
                    ranking.period(),
                    WindowJson.of(ranking.window()),
                    RankingJson.segmentOf(ranking),
                    found.total(),
                    found.source(),
                    details.changeSince(),
                    found.entries().stream()
                            .map(one -> ChosenEntry.of(one, ranking, details))
                            .toList(),
                    found.missing());
        }
    }

    /** One of the given players. */
    @Schema(name = "LookupEntry")
    record ChosenEntry(
            long rank,

            @Schema(description = "Rank among the requested players")
            long rankAmong,

            String playerId,
            Number score,
            Instant achievedAt,

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

            @Schema(description = RankingJson.TIER) @JsonInclude(JsonInclude.Include.NON_NULL)
            String tier) {
        static ChosenEntry of(ChosenPlayers.Chosen chosen, RankingRef ranking, EntryDetails details) {
            RankingJson.Entry entry = RankingJson.Entry.of(chosen.ranked(), ranking, details);
            return new ChosenEntry(
                    entry.rank(),
                    chosen.rankAmong(),
                    entry.playerId(),
                    entry.score(),
                    entry.achievedAt(),
                    entry.change(),
                    entry.displayName(),
                    entry.avatarUrl(),
                    entry.attributes(),
                    entry.metrics(),
                    entry.baseline(),
                    entry.gain(),
                    entry.tier());
        }
    }
}
