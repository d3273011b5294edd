package dev.laurel.standings.rank;

/**
 * A player's place with the neighbours, read in one snapshot.
 *
 * @param around the player and the neighbours on both sides; empty when the player has no standing
 * @param position place of the player in the total order, from 0; -1 without a standing
 * @param better number of players with a strictly better score
 * @param equal number of players with the same score, the player included
 */
public record Place(RankingSlice around, long position, long better, long equal) {
    public static Place none(long total) {
        return new Place(new RankingSlice(total, 0, 0, 0, java.util.List.of()), -1, 0, 0);
    }

    /** Whether the player has a standing in the window. */
    public boolean ranked() {
        return position >= 0;
    }

    /** The player's own standing. */
    public Standing own() {
        return around.placed() == null
                ? around.standings().get((int) (position - around.first()))
                : around.placed().stream()
                        .filter(one -> one.position() == position)
                        .findFirst()
                        .orElseThrow()
                        .standing();
    }
}
