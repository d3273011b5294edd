package dev.laurel.standings.rank;

import dev.laurel.standings.rank.PlayerRows.MetricPlace;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads standings by all metrics from a source that knows one ranking at a time. */
final class MetricReads {
    /** Of the 32 that a board may have: other requests need connections, too. */
    private static final int AT_ONCE = 2;

    private MetricReads() {}

    static Uni<PlayerRows> rows(RankingSource source, RankingRef ranking, List<String> playerIds, String placed) {
        List<RankingRef> metrics = ranking.window().rankings();
        if (playerIds.isEmpty() && placed == null) {
            return Uni.createFrom().item(PlayerRows.NONE);
        }
        return Uni.join()
                .all(metrics.stream()
                        .map(metric -> source.standings(metric, playerIds))
                        .toList())
                .usingConcurrencyOf(AT_ONCE)
                .andFailFast()
                .map(found -> scores(playerIds, found))
                .chain(scores -> places(source, metrics, placed).map(places -> new PlayerRows(scores, places)));
    }

    private static Map<String, List<Long>> scores(List<String> playerIds, List<List<Standing>> byMetric) {
        Map<String, List<Long>> scores = new LinkedHashMap<>();
        playerIds.forEach(player -> scores.put(player, new ArrayList<>()));
        for (List<Standing> metric : byMetric) {
            scores.values().forEach(own -> own.add(null));
            for (Standing one : metric) {
                List<Long> own = scores.get(one.playerId());
                own.set(own.size() - 1, one.score());
            }
        }
        return scores;
    }

    private static Uni<List<MetricPlace>> places(RankingSource source, List<RankingRef> metrics, String player) {
        return player == null
                ? Uni.createFrom().item(List.of())
                : Uni.join()
                        .all(metrics.stream()
                                .map(metric -> source.select(metric, List.of(player)))
                                .toList())
                        .usingConcurrencyOf(AT_ONCE)
                        .andFailFast()
                        .map(found -> found.stream().map(MetricReads::place).toList());
    }

    private static MetricPlace place(Selection selection) {
        return new MetricPlace(
                selection.total(),
                selection.placed().isEmpty() ? null : selection.placed().get(0));
    }
}
