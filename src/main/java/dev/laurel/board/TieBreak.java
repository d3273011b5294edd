package dev.laurel.board;

/** Who of players with equal scores comes first; where time does not tell, it is the player's id by bytes. */
public enum TieBreak {
    /** Who reached the score first. */
    EARLIEST(1),
    /** Who reached it last. */
    LATEST(-1),
    /** Time does not count. */
    NONE(0);

    private final int factor;

    TieBreak(int factor) {
        this.factor = factor;
    }

    /**
     * What an instant is multiplied by to give the number that grows along a tie; statements of SQL multiply by it, too.
     */
    public long factor() {
        return factor;
    }
}
