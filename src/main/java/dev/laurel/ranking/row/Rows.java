package dev.laurel.ranking.row;

import dev.laurel.standings.rank.PlayerRows;
import dev.laurel.standings.rank.PlayerRows.MetricPlace;
import dev.laurel.standings.rank.RankingSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What one request wants to show of players, and what a read has found of it. */
public final class Rows {
    private final RowWish wish;
    private final String placed;
    private PlayerRows found;

    private Rows(RowWish wish, String placed) {
        this.wish = wish;
        this.placed = placed;
    }

    /** Rows of all players in an answer. */
    public static Rows of(RowWish wish) {
        return new Rows(wish, null);
    }

    /** The same, with the places of one player by all metrics. */
    public static Rows of(RowWish wish, String placed) {
        return new Rows(wish, wish.needsValues() ? placed : null);
    }

    RowWish wish() {
        return wish;
    }

    /** Whose places by all metrics are wanted; null for nobody's. */
    String placed() {
        return placed;
    }

    /** Null until a read has found them. */
    PlayerRows found() {
        return found;
    }

    void found(PlayerRows rows) {
        found = rows;
    }

    /** Stands in front of sources so that rows are found by the read that finds the ranking. */
    public UnaryOperator<RankingSource> source() {
        return wish.needsValues() ? source -> new RowSource(source, placed, this::found) : UnaryOperator.identity();
    }

    /** The places by all metrics that were asked for; empty without. */
    public List<MetricPlace> places() {
        return found == null || !wish.metrics() ? List.of() : found.places();
    }

    /** The scores that a read has found, also of the one player who may have none by the metric ranked by. */
    Map<String, List<Long>> scores() {
        if (placed == null || found.scores().containsKey(placed)) {
            return found.scores();
        }
        Map<String, List<Long>> scores = new HashMap<>(found.scores());
        List<Long> own = new ArrayList<>();
        found.places()
                .forEach(place -> own.add(
                        place.placed() == null
                                ? null
                                : place.placed().standing().score()));
        scores.put(placed, own);
        return scores;
    }
}
