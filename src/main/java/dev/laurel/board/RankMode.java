package dev.laurel.board;

/**
 * How equal scores are ranked: {@code COMPETITION} 1, 2, 2, 4; {@code DENSE} 1, 2, 2, 3; {@code ORDINAL} 1, 2, 3, 4.
 */
public enum RankMode {
    COMPETITION,
    DENSE,
    ORDINAL
}
