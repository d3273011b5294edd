package dev.laurel.standings.redis;

import dev.laurel.board.TieBreak;
import dev.laurel.standings.rank.OrderKey;

/**
 * The instant at which a score was reached, as twelve hexadecimal digits that order players of equal score by the bytes
 * of their members. Redis keeps members in byte order, so all 53 bits of the double remain for the score.
 *
 * <p>Where time breaks ties, the digits precede the player, in the order of time or its reverse. Where it does not,
 * they are marked, and follow the player and a zero byte: then the player's bytes decide, and the instant is merely
 * stored.
 */
public final class TieKey {
    private static final int DIGITS = 12;

    /** Precedes the digits of a key that breaks no tie. */
    private static final String NO_TIE = "~";

    private static final char BEHIND_PLAYER = '\0';

    /** Shifts every instant of the four thousand years around 1970 above zero. */
    private static final long BIAS = 1L << 47;

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private TieKey() {}

    public static String of(TieBreak tieBreak, long instantMs) {
        return switch (tieBreak) {
            case EARLIEST -> digits(instantMs);
            case LATEST -> digits(-instantMs);
            case NONE -> NO_TIE + digits(instantMs);
        };
    }

    /** The member of the sorted set at a place in the order. */
    public static String member(TieBreak tieBreak, OrderKey place) {
        return tieBreak == TieBreak.NONE
                ? place.playerId() + BEHIND_PLAYER + digits(Long.MAX_VALUE >> 16)
                : digits(place.tie()) + place.playerId();
    }

    /** The member of a player with the given key. */
    public static String member(String tieKey, String playerId) {
        return tieKey.startsWith(NO_TIE) ? playerId + BEHIND_PLAYER + tieKey.substring(1) : tieKey + playerId;
    }

    /** The instant of a member, in milliseconds since 1970. */
    public static long instantOf(TieBreak tieBreak, String member) {
        return switch (tieBreak) {
            case EARLIEST -> number(member, 0);
            case LATEST -> -number(member, 0);
            case NONE -> number(member, member.length() - DIGITS);
        };
    }

    /** The player of a member. */
    static String playerOf(TieBreak tieBreak, String member) {
        return tieBreak == TieBreak.NONE ? member.substring(0, member.length() - DIGITS - 1) : member.substring(DIGITS);
    }

    private static long number(String member, int from) {
        return Long.parseLong(member, from, from + DIGITS, 16) - BIAS;
    }

    private static String digits(long number) {
        long biased = number + BIAS;
        char[] digits = new char[DIGITS];
        for (int i = DIGITS - 1; i >= 0; i--) {
            digits[i] = HEX[(int) (biased & 15)];
            biased >>>= 4;
        }
        return new String(digits);
    }
}
