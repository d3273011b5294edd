package dev.laurel.ranking.row;

/**
 * What rows are to show.
 *
 * @param metrics the values of all metrics
 * @param baseline what gains count from
 * @param gain what has been gained of each metric that has a baseline
 */
public record RowWish(boolean metrics, boolean baseline, boolean gain) {
    /** Nothing. */
    public static final RowWish NOTHING = new RowWish(false, false, false);

    /** Whether the values of all metrics have to be read. */
    boolean needsValues() {
        return metrics || gain;
    }

    boolean needsBaselines() {
        return baseline || gain;
    }

    public boolean isNothing() {
        return equals(NOTHING);
    }
}
