package dev.laurel.standings.rank;

import dev.laurel.board.BoardDefinition;
import dev.laurel.standings.window.RankingRef;
import io.smallrye.mutiny.Uni;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The ranking of a segment: the standings of its members, sorted as their board sorts, with places among themselves. It
 * answers every question from memory, and does not change; {@link #with} makes the next one out of it.
 */
public final class SegmentRanking implements RankingSource {
    private final Source source;
    private final SortedStandings standings;

    /**
     * @param source that the standings were read from
     * @param members the standings of the segment's members, in any order
     */
    public SegmentRanking(Source source, BoardDefinition definition, List<Standing> members) {
        this(source, new SortedStandings(definition, members));
    }

    private SegmentRanking(Source source, SortedStandings standings) {
        this.source = source;
        this.standings = standings;
    }

    /**
     * The ranking after some standings have changed, which costs a copy of the others. This one stays as it is, and so does
     * whatever else has been made out of it; a second one made out of it costs more.
     *
     * @param changed players whose standings are taken out
     * @param added standings that are put in, of players among the changed ones
     */
    public SegmentRanking with(Collection<String> changed, List<Standing> added) {
        return new SegmentRanking(source, standings.with(changed, added));
    }

    @Override
    public Source source() {
        return source;
    }

    /** Number of players. */
    public int size() {
        return standings.size();
    }

    /** The whole ranking. */
    public RankingSlice all() {
        return slice(0, standings.size());
    }

    @Override
    public Uni<RankingSlice> page(RankingRef ranking, long offset, int limit) {
        return Uni.createFrom().item(slice(offset, limit));
    }

    private RankingSlice slice(long offset, int limit) {
        int total = standings.size();
        if (offset >= total || limit == 0) {
            return new RankingSlice(total, offset, 0, 0, List.of());
        }
        int first = (int) offset;
        int end = (int) Math.min(total, offset + limit);
        return new RankingSlice(
                total, first, standings.better(first), standings.distinctBetter(first), standings.list(first, end));
    }

    @Override
    public Uni<RankingSlice> after(RankingRef ranking, OrderKey place, int limit) {
        return page(ranking, standings.firstAfter(place), limit);
    }

    @Override
    public Uni<Place> around(RankingRef ranking, String playerId, int radius) {
        int position = standings.position(playerId);
        return Uni.createFrom().item(position < 0 ? Place.none(standings.size()) : place(position, radius));
    }

    private Place place(int position, int radius) {
        int first = Math.max(0, position - radius);
        RankingSlice around = slice(first, position - first + radius + 1);
        int better = standings.better(position);
        return new Place(around, position, better, standings.firstAbove(standings.sortKey(position)) - better);
    }

    @Override
    public Uni<ScoreRangeSlice> within(RankingRef ranking, SortRange range, long offset, int limit) {
        int first = standings.firstFrom(range.best());
        int matching = Math.max(0, standings.firstAbove(range.worst()) - first);
        int size = (int) Math.max(0, Math.min(limit, matching - offset));
        return Uni.createFrom().item(new ScoreRangeSlice(matching, slice(first + offset, size)));
    }

    @Override
    public Uni<ScorePlace> place(RankingRef ranking, long sortKey) {
        int first = standings.firstFrom(sortKey);
        int distinct = first == 0 ? 0 : standings.distinctBetter(first - 1) + 1;
        return Uni.createFrom()
                .item(new ScorePlace(standings.size(), first, standings.firstAbove(sortKey) - first, distinct));
    }

    @Override
    public Uni<Selection> quantiles(RankingRef ranking, List<Integer> shares) {
        List<Placed> placed = new ArrayList<>(shares.size());
        int total = standings.size();
        if (total > 0) {
            for (int share : shares) {
                placed.add(placed(position(share, total)));
            }
        }
        return Uni.createFrom().item(new Selection(standings.size(), placed));
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
        List<Placed> placed = Arrays.stream(standings.positions(playerIds))
                .mapToObj(this::placed)
                .toList();
        return Uni.createFrom().item(new Selection(standings.size(), placed));
    }

    private Placed placed(int position) {
        return new Placed(
                standings.at(position), position, standings.better(position), standings.distinctBetter(position));
    }
}
