package dev.laurel.ranking.row;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.Season;
import dev.laurel.shared.Period;
import dev.laurel.standings.baseline.Baseline;
import dev.laurel.standings.rank.PlayerRows;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds to rankings what their players have by all metrics, and what they had when the season began. */
@ApplicationScoped
public class ShownRows {
    private final StandingsReader reader;
    private final BaselineCache baselines;

    ShownRows(StandingsReader reader, BaselineCache baselines) {
        this.reader = reader;
        this.baselines = baselines;
    }

    /**
     * What is to be shown of players.
     *
     * @param rows with what the read of the ranking has found
     * @param windowId the window as it was asked for
     */
    public Uni<Map<String, ShownRow>> of(RankingRef ranking, String windowId, List<String> playerIds, Rows rows) {
        if (rows.wish().isNothing() || playerIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return values(ranking, windowId, playerIds, rows)
                .chain(values -> baselines(ranking, playerIds, rows.wish()).map(found -> {
                    Map<String, ShownRow> shown = new HashMap<>();
                    for (String player : playerIds) {
                        shown.put(player, row(ranking, rows.wish(), values.get(player), found.get(player)));
                    }
                    return shown;
                }));
    }

    /** The ranking of a segment is made of standings by one metric; the others are read for the whole board. */
    private Uni<Map<String, List<Long>>> values(
            RankingRef ranking, String windowId, List<String> playerIds, Rows rows) {
        if (!rows.wish().needsValues()) {
            return Uni.createFrom().item(Map.of());
        }
        if (ranking.segment() == null && rows.found() != null) {
            return Uni.createFrom().item(rows.scores());
        }
        return reader.read(ranking.within(null), windowId, (source, now) -> source.rows(now, playerIds, null))
                .map(found -> found.value())
                .map(PlayerRows::scores);
    }

    private Uni<Map<String, Baseline>> baselines(RankingRef ranking, List<String> playerIds, RowWish wish) {
        Optional<Season> season = wish.needsBaselines() && ranking.period() == Period.SEASON
                ? ranking.board().season(ranking.window().window().id())
                : Optional.empty();
        return season.isEmpty() ? Uni.createFrom().item(Map.of()) : baselines.of(ranking, season.get(), playerIds);
    }

    private static ShownRow row(RankingRef ranking, RowWish wish, List<Long> values, Baseline baseline) {
        BoardDefinition definition = ranking.board().definition();
        Map<String, Long> metrics = new LinkedHashMap<>();
        Map<String, Long> before = new LinkedHashMap<>();
        Map<String, Long> gain = new LinkedHashMap<>();
        for (int number = 0; number < definition.metrics().size(); number++) {
            String name = definition.metrics().get(number);
            Long value = values == null || number >= values.size() ? null : values.get(number);
            Long base = baseline == null ? null : baseline.amounts().get(name);
            putIf(metrics, name, value);
            putIf(before, name, base);
            putIf(gain, name, value == null || base == null ? null : Long.valueOf(value - base));
        }
        return new ShownRow(
                wish.metrics() ? metrics : null, wish.baseline() ? before : null, wish.gain() ? gain : null);
    }

    private static void putIf(Map<String, Long> all, String name, Long value) {
        if (value != null) {
            all.put(name, value);
        }
    }
}
