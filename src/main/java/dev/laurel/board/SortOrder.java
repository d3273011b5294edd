package dev.laurel.board;

/** Which scores rank first: {@code DESC} the highest, {@code ASC} the lowest. */
public enum SortOrder {
    DESC,
    ASC;

    /** A number that grows from the first place to the last; exact, because the range of scores is symmetric. */
    public long sortKey(long score) {
        return this == DESC ? -score : score;
    }

    /** The score of a sort key. */
    public long score(long sortKey) {
        return this == DESC ? -sortKey : sortKey;
    }
}
