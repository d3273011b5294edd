package dev.laurel.standings.rank;

import java.util.List;
import java.util.Map;

/**
 * The standings of players by all metrics of their board.
 *
 * @param scores by player: in units, by the number of the metric; null where the player has no value of it
 * @param places of the one player whose places were asked for, by the number of the metric; empty when nobody's were
 */
public record PlayerRows(Map<String, List<Long>> scores, List<MetricPlace> places) {
    public static final PlayerRows NONE = new PlayerRows(Map.of(), List.of());

    /**
     * A player's place by one metric.
     *
     * @param total players with a place by it
     * @param placed null when the player has none
     */
    public record MetricPlace(long total, Placed placed) {}
}
