package dev.laurel.standings.baseline;

import java.util.Map;

/**
 * What gains of a player count from in a season.
 *
 * @param amounts in units, by name of metric; empty for no baseline
 */
public record Baseline(String playerId, Map<String, Long> amounts) {
    public Baseline {
        amounts = Map.copyOf(amounts);
    }
}
