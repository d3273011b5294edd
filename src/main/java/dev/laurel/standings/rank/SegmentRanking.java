package dev.laurel.standings.rank;

import dev.laurel.board.BoardDefinition;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ranking of a segment: the standings of its members, sorted as their board sorts, with places among themselves. It
 * answers every question from memory, and does not change.
 */
public final class SegmentRanking implements RankingSource {
    private static final Comparator<OrderKey> ORDER = Comparator.comparingLong(OrderKey::sortKey)
            .thenComparingLong(OrderKey::tie)
            .thenComparing(OrderKey::playerId, SegmentRanking::compareBytes);

    private final Source source;
    private final BoardDefinition definition;
    private final List<Standing> standings;
    private final long[] sortKeys;
    private final int[] better;
    private final int[] distinctBetter;
    private final Map<String, Integer> positions = new HashMap<>();

    /**
     * @param source that the standings were read from
     * @param members the standings of the segment's members, in any order
     */
    public SegmentRanking(Source source, BoardDefinition definition, List<Standing> members) {
        this.source = source;
        this.definition = definition;
        this.standings =
                // Keys are made once each, not for every comparison.
                members.stream()
                        .map(standing -> Map.entry(key(standing), standing))
                        .sorted(Map.Entry.comparingByKey(ORDER))
                        .map(Map.Entry::getValue)
                        .toList();
        this.sortKeys = standings.stream().mapToLong(this::sortKey).toArray();
        this.better = new int[sortKeys.length];
        this.distinctBetter = new int[sortKeys.length];
        for (int i = 0; i < sortKeys.length; i++) {
            boolean tied = i > 0 && sortKeys[i] == sortKeys[i - 1];
            better[i] = tied ? better[i - 1] : i;
            distinctBetter[i] = i == 0 ? 0 : distinctBetter[i - 1] + (tied ? 0 : 1);
            positions.put(standings.get(i).playerId(), i);
        }
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

    @Override
    public Source source() {
        return source;
    }

    /** The whole ranking. */
    public RankingSlice all() {
        return slice(0, sortKeys.length);
    }

    @Override
    public Uni<RankingSlice> page(RankingRef ranking, long offset, int limit) {
        return Uni.createFrom().item(slice(offset, limit));
    }

    private RankingSlice slice(long offset, int limit) {
        if (offset >= sortKeys.length || limit == 0) {
            return new RankingSlice(sortKeys.length, offset, 0, 0, List.of());
        }
        int first = (int) offset;
        int end = (int) Math.min(sortKeys.length, offset + limit);
        return new RankingSlice(
                sortKeys.length, first, better[first], distinctBetter[first], standings.subList(first, end));
    }

    @Override
    public Uni<RankingSlice> after(RankingRef ranking, OrderKey place, int limit) {
        int low = 0;
        int high = sortKeys.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ORDER.compare(key(standings.get(middle)), place) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return page(ranking, low, limit);
    }

    @Override
    public Uni<Place> around(RankingRef ranking, String playerId, int radius) {
        Integer position = positions.get(playerId);
        return Uni.createFrom().item(position == null ? Place.none(sortKeys.length) : place(position, radius));
    }

    private Place place(int position, int radius) {
        int first = Math.max(0, position - radius);
        RankingSlice around = slice(first, position - first + radius + 1);
        long sortKey = sortKeys[position];
        return new Place(around, position, better[position], firstAbove(sortKey) - better[position]);
    }

    @Override
    public Uni<ScoreRangeSlice> within(RankingRef ranking, SortRange range, long offset, int limit) {
        int first = firstFrom(range.best());
        int matching = Math.max(0, firstAbove(range.worst()) - first);
        int size = (int) Math.max(0, Math.min(limit, matching - offset));
        return Uni.createFrom().item(new ScoreRangeSlice(matching, slice(first + offset, size)));
    }

    @Override
    public Uni<ScorePlace> place(RankingRef ranking, long sortKey) {
        int first = firstFrom(sortKey);
        int distinct = first == 0 ? 0 : distinctBetter[first - 1] + 1;
        return Uni.createFrom().item(new ScorePlace(sortKeys.length, first, firstAbove(sortKey) - first, distinct));
    }

    @Override
    public Uni<Selection> quantiles(RankingRef ranking, List<Integer> shares) {
        List<Placed> placed = new ArrayList<>(shares.size());
        if (sortKeys.length > 0) {
            for (int share : shares) {
                placed.add(placed(position(share, sortKeys.length)));
            }
        }
        return Uni.createFrom().item(new Selection(sortKeys.length, placed));
    }

    /**
     * The position at a share of a ranking, by the nearest-rank method.
     *
     * @param share in hundredths of a percent, counted from the last place
     * @param total players in the ranking, at least one
     */
    public static int position(int share, int total) {
        return (int) (total - Math.max(1, ((long) share * total + 9_999) / 10_000));
    }

    @Override
    public Uni<Selection> select(RankingRef ranking, List<String> playerIds) {
        Set<String> chosen = new HashSet<>(playerIds);
        List<Placed> placed = chosen.stream()
                .map(positions::get)
                .filter(position -> position != null)
                .sorted()
                .map(this::placed)
                .toList();
        return Uni.createFrom().item(new Selection(sortKeys.length, placed));
    }

    private Placed placed(int position) {
        return new Placed(standings.get(position), position, better[position], distinctBetter[position]);
    }

    /** The first position whose sort key is not below another one. */
    private int firstFrom(long sortKey) {
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
    private int firstAbove(long sortKey) {
        return firstFrom(sortKey + 1);
    }
}
