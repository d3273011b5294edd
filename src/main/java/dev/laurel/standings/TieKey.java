package dev.laurel.standings;

/**
 * The instant at which a score was reached, as twelve hexadecimal digits whose byte order is the order of time. It
 * stands in front of the player id in a sorted set, whose members of equal score are kept in byte order, so ties come
 * out by who came first and then by player id, and all 53 bits of the double stay for the score.
 */
final class TieKey {
    static final int LENGTH = 12;

    /** Moves every instant of four thousand years around 1970 above zero. */
    private static final long BIAS = 1L << 47;

    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private TieKey() {}

    static String of(long instantMs) {
        long biased = instantMs + BIAS;
        char[] digits = new char[LENGTH];
        for (int i = LENGTH - 1; i >= 0; i--) {
            digits[i] = DIGITS[(int) (biased & 15)];
            biased >>>= 4;
        }
        return new String(digits);
    }

    /** The instant of a member, in milliseconds since 1970. */
    static long instantOf(String member) {
        return Long.parseLong(member, 0, LENGTH, 16) - BIAS;
    }

    /** The player of a member. */
    static String playerOf(String member) {
        return member.substring(LENGTH);
    }
}
