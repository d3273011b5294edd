package dev.laurel.standings.rank;

import dev.laurel.board.BoardDefinition;
import dev.laurel.board.RankMode;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Standings of some players in the order of their board, as arrays that do not change. */
final class SortedStandings {
    private final BoardDefinition definition;
    private final Standing[] standings;
    private final long[] sortKeys;

    private final StandingIndex index;

    /** Up to which generation the index applies. */
    private final long generation;

    /** Made when somebody asks for it. */
    private volatile int[] distinctBetter;

    /** @param members in any order */
    SortedStandings(BoardDefinition definition, List<Standing> members) {
        this.definition = definition;
        this.standings = sorted(members);
        this.sortKeys = Arrays.stream(standings).mapToLong(this::sortKey).toArray();
        this.index = new StandingIndex(standings);
        this.generation = StandingIndex.FIRST;
    }

    private SortedStandings(BoardDefinition definition, Copy copy, StandingIndex index, long generation) {
        this.definition = definition;
        this.standings = copy.all;
        this.sortKeys = copy.keys;
        this.index = index;
        this.generation = generation;
    }

    /** Keys are made once each, not for every comparison. */
    private Standing[] sorted(List<Standing> members) {
        return members.stream()
                .map(standing -> Map.entry(key(standing), standing))
                .sorted(Map.Entry.comparingByKey())
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

    /** See {@link SegmentRanking#with}. */
    SortedStandings with(Collection<String> changed, List<Standing> added) {
        int[] out = positions(changed);
        Standing[] in = sorted(added);
        Copy copy = new Copy(standings.length - out.length + in.length);
        int next = 0;
        for (Standing one : in) {
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
        return index.extend(generation, copy.all.length, changed, in)
                ? new SortedStandings(definition, copy, index, generation + 1)
                : new SortedStandings(definition, copy, new StandingIndex(copy.all), StandingIndex.FIRST);
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
            if (key(standings[middle]).compareTo(place) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The position of a player; -1 without a standing. */
    int position(String playerId) {
        int[] found = positions(List.of(playerId));
        return found.length == 0 ? -1 : found[0];
    }

    /**
     * The positions of those players who have standings, in ascending order. Only for players who have changed since this
     * generation all standings are read.
     */
    int[] positions(Collection<String> players) {
        int[] found = new int[players.size()];
        int count = 0;
        Set<String> changedSince = new HashSet<>();
        for (String player : new HashSet<>(players)) {
            StandingIndex.Entry known = index.of(player);
            if (known != null && known.generation() > generation) {
                changedSince.add(player);
            } else if (known != null && known.standing() != null) {
                found[count++] = firstAfter(key(known.standing())) - 1;
            }
        }
        for (int i = 0; i < standings.length && !changedSince.isEmpty(); i++) {
            if (changedSince.remove(standings[i].playerId())) {
                found[count++] = i;
            }
        }
        int[] positions = Arrays.copyOf(found, count);
        Arrays.sort(positions);
        return positions;
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
