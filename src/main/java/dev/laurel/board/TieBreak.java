package dev.laurel.board;

/**
 * Which of the players with equal scores ranks first; where time does not decide, the byte order of player ids does.
 */
public enum TieBreak {
    /** The player who reached the score first. */
    EARLIEST(1),
    /** The player who reached the score last. */
    LATEST(-1),
    /** Time does not count. */
    NONE(0);

    private final int factor;

    TieBreak(int factor) {
        this.factor = factor;
    }

    /**
     * The factor by which an instant is multiplied to give the number that grows along a tie; SQL statements multiply
     * by it, too.
     */
    public long factor() {
        return factor;
    }
}
