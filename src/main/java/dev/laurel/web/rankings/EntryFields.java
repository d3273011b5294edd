package dev.laurel.web.rankings;

import dev.laurel.ranking.PlayerFields;
import dev.laurel.ranking.row.RowWish;

/**
 * What entries of a ranking show in addition to their standings.
 *
 * @param players of their records; null for nothing
 * @param row of their standings by all metrics
 * @param tier whether the tiers of players are shown
 * @param changeSince since the end of which day movements are measured, in days before today; null for the previous window
 */
record EntryFields(PlayerFields players, RowWish row, boolean tier, Integer changeSince) {
    /** Nothing but the movement since the previous window. */
    static final EntryFields DEFAULT = new EntryFields(null, RowWish.NOTHING, false, null);

    boolean isDefault() {
        return players == null && row.isNothing() && !tier && changeSince == null;
    }
}
