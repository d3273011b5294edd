package dev.laurel.standings.rank;

import java.util.Comparator;

/**
 * A place in the total order of a ranking, whether or not a player occupies it.
 *
 * @param sortKey the score, inverted where needed so that it grows from the first place to the last
 * @param tie the instant at which it was reached, inverted where needed so that it grows along a tie; 0 where time
 *     breaks no ties
 */
public record OrderKey(long sortKey, long tie, String playerId) implements Comparable<OrderKey> {
    private static final Comparator<OrderKey> ORDER = Comparator.comparingLong(OrderKey::sortKey)
            .thenComparingLong(OrderKey::tie)
            .thenComparing(OrderKey::playerId, OrderKey::compareBytes);

    /** From the first place to the last. */
    @Override
    public int compareTo(OrderKey other) {
        return ORDER.compare(this, other);
    }

    /** In the order of UTF-8, as the stores compare; {@link String#compareTo} orders halves of characters otherwise. */
    private static int compareBytes(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                boolean half = Character.isSurrogate(a);
                return half == Character.isSurrogate(b) ? Character.compare(a, b) : half ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
