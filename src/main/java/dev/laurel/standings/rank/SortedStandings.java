package dev.laurel.standings.rank;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.RankMode;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Standings of some players in the order of their board, as arrays that do not change. */
final class SortedStandings {
    private static final Comparator<OrderKey> ORDER = Comparator.comparingLong(OrderKey::sortKey)
            .thenComparingLong(OrderKey::tie)
            .thenComparing(OrderKey::playerId, SortedStandings::compareBytes);

    private final BoardDefinition definition;
    private final Standing[] standings;
    private final long[] sortKeys;

    /**
     * The newest standings by player: one map for these and those made out of them. What it says is checked against the
     * own standings.
     */
    private final ConcurrentHashMap<String, Standing> newest;

    /** Made when somebody asks for it. */
    private volatile int[] distinctBetter;

    /** @param members in any order */
    SortedStandings(BoardDefinition definition, List<Standing> members) {
        this.definition = definition;
        this.standings = sorted(members);
        this.sortKeys = Arrays.stream(standings).mapToLong(this::sortKey).toArray();
        this.newest = new ConcurrentHashMap<>(standings.length * 4 / 3 + 1);
        for (Standing standing : standings) {
            newest.put(standing.playerId(), standing);
        }
    }

    private SortedStandings(SortedStandings before, Standing[] standings, long[] sortKeys) {
        this.definition = before.definition;
        this.newest = before.newest;
        this.standings = standings;
        this.sortKeys = sortKeys;
    }

    /** Keys are made once each, not for every comparison. */
    private Standing[] sorted(List<Standing> members) {
        return members.stream()
                .map(standing -> Map.entry(key(standing), standing))
                .sorted(Map.Entry.comparingByKey(ORDER))
                .map(Map.Entry::getValue)
                .toArray(Standing[]::new);
    }

    private long sortKey(Standing standing) {
        return definition.order().sortKey(standing.score());
    }

    private OrderKey key(Standing standing) {
        return new OrderKey(
                sortKey(standing), definition.tieBreak().factor() * standing.reachedAt(), standing.playerId());
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

    /** See {@link SegmentRanking#with}. */
    SortedStandings with(Collection<String> changed, List<Standing> added) {
        int[] out = changed.stream()
                .map(newest::remove)
                .filter(Objects::nonNull)
                .mapToInt(this::position)
                .filter(position -> position >= 0)
                .sorted()
                .toArray();
        Standing[] in = sorted(added);
        Copy copy = new Copy(standings.length - out.length + in.length);
        int next = 0;
        for (Standing one : in) {
            newest.put(one.playerId(), one);
            int until = firstAfter(key(one));
            for (; next < out.length && out[next] < until; next++) {
                copy.upTo(out[next]);
                copy.from++;
            }
            copy.upTo(until);
            copy.add(one);
        }
        for (; next < out.length; next++) {
            copy.upTo(out[next]);
            copy.from++;
        }
        copy.upTo(standings.length);
        return new SortedStandings(this, copy.all, copy.keys);
    }

    int size() {
        return standings.length;
    }

    Standing at(int position) {
        return standings[position];
    }

    List<Standing> list(int first, int end) {
        return Collections.unmodifiableList(Arrays.asList(standings).subList(first, end));
    }

    long sortKey(int position) {
        return sortKeys[position];
    }

    /** How many standings are better than that of a position. */
    int better(int position) {
        return firstFrom(sortKeys[position]);
    }

    /** How many different scores are better than that of a position; 0 where ranks are not dense, as in every source. */
    int distinctBetter(int position) {
        if (definition.rankMode() != RankMode.DENSE) {
            return 0;
        }
        int[] made = distinctBetter;
        if (made == null) {
            made = new int[sortKeys.length];
            for (int i = 1; i < made.length; i++) {
                made[i] = made[i - 1] + (sortKeys[i] == sortKeys[i - 1] ? 0 : 1);
            }
            distinctBetter = made;
        }
        return made[position];
    }

    /** The first position after a place, whether or not somebody has that. */
    int firstAfter(OrderKey place) {
        int low = 0;
        int high = sortKeys.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ORDER.compare(key(standings[middle]), place) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The position of a player; -1 without a standing. */
    int position(String playerId) {
        Standing known = newest.get(playerId);
        return known == null ? -1 : position(known);
    }

    /** The position of a standing, which may be newer than this ranking. */
    private int position(Standing standing) {
        int position = firstAfter(key(standing)) - 1;
        if (position >= 0 && standings[position].playerId().equals(standing.playerId())) {
            return position;
        }
        for (int i = 0; i < standings.length; i++) {
            if (standings[i].playerId().equals(standing.playerId())) {
                return i;
            }
        }
        return -1;
    }

    /** The first position whose sort key is not below another one. */
    int firstFrom(long sortKey) {
        int low = 0;
        int high = sortKeys.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sortKeys[middle] >= sortKey) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The first position whose sort key is above another one; every one of them is far from the largest number. */
    int firstAbove(long sortKey) {
        return firstFrom(sortKey + 1);
    }

    /** New arrays, filled with stretches of the present ones and with what comes in between. */
    private final class Copy {
        final Standing[] all;
        final long[] keys;
        int from;
        private int to;

        Copy(int size) {
            all = new Standing[size];
            keys = new long[size];
        }

        void upTo(int until) {
            int length = until - from;
            System.arraycopy(standings, from, all, to, length);
            System.arraycopy(sortKeys, from, keys, to, length);
            from = until;
            to += length;
        }

        void add(Standing one) {
            all[to] = one;
            keys[to++] = sortKey(one);
        }
    }
}
