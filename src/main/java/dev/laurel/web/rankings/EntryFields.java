package dev.laurel.web.rankings;

import dev.laurel.ranking.PlayerFields;

/**
 * What entries of a ranking show beside their standings.
 *
 * @param players of their records; null for nothing
 * @param changeSince since the end of which day movements are measured, in days before today; null for the previous window
 */
record EntryFields(PlayerFields players, Integer changeSince) {
    /** Nothing but the movement since the previous window. */
    static final EntryFields DEFAULT = new EntryFields(null, null);

    boolean isDefault() {
        return players == null && changeSince == null;
    }
}
