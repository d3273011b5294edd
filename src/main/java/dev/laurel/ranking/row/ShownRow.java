package dev.laurel.ranking.row;

import java.util.Map;

/**
 * What a row shows of a player in addition to the standing by the metric it is ranked by.
 *
 * @param metrics in units, by name; null when nobody asked for it, as are the next two
 * @param baseline likewise
 * @param gain likewise
 */
public record ShownRow(Map<String, Long> metrics, Map<String, Long> baseline, Map<String, Long> gain) {
    /** Of a player of whom nothing is shown. */
    public static final ShownRow NOTHING = new ShownRow(null, null, null);
}
