package dev.laurel.ranking.segment;

import dev.laurel.group.GroupKey;
import dev.laurel.segment.Segments;
import dev.laurel.segment.Segments.Wanted;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.standings.rank.FollowedSource;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.SegmentRanking;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.read.StandingsReader.Question;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.Segment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Reads rankings of segments, and of whole boards, through the same questions. A segment's ranking is made of the
 * standings of its members, from the source that a question is put to, and answers in its place.
 */
@ApplicationScoped
public class SegmentReader {
    private final StandingsReader reader;
    private final Segments segments;
    private final SegmentRankings rankings;
    private final FollowedSegments followed;

    SegmentReader(StandingsReader reader, Segments segments, SegmentRankings rankings, FollowedSegments followed) {
        this.reader = reader;
        this.segments = segments;
        this.rankings = rankings;
        this.followed = followed;
    }

    /**
     * A ranking of the players of a segment, with the members that it has now.
     *
     * @param segment name of the segment; null for the whole board
     * @return fails with {@link NotFound} when there is no such segment, with {@link InvalidInput} when the name is
     *     invalid or the segment is too large
     */
    public Uni<RankingRef> within(RankingRef ranking, String segment) {
        return segment == null
                ? Uni.createFrom().item(ranking)
                : segments.of(ranking.board().tenant(), segment, wanted("segment", ranking))
                        .map(found -> within(ranking, found));
    }

    private static Wanted wanted(String field, RankingRef ranking) {
        return new Wanted(field, ranking.board().definition().membership().segments());
    }

    private static RankingRef within(RankingRef ranking, Segments.Members found) {
        return ranking.within(new Segment(found.name(), found.version(), found.playerIds()));
    }

    /**
     * As {@link #within}, for a group and nothing else of that name.
     *
     * @return fails with {@link NotFound} when there is no such group
     */
    public Uni<RankingRef> withinGroup(RankingRef ranking, GroupKey group) {
        return segments.of(ranking.board().tenant(), group.segment(), wanted("group", ranking))
                .invoke(found -> {
                    if (!found.isGroup()) {
                        throw new NotFound("There is no group " + found.name());
                    }
                })
                .map(found -> within(ranking, found));
    }

    /** As {@link StandingsReader#read}; the ranking of a segment answers in place of the source of its board. */
    public <T> Uni<Reading<T>> read(RankingRef ranking, String windowId, Question<T> question) {
        Segment segment = ranking.segment();
        return segment == null
                ? reader.read(ranking, windowId, question)
                : reader.read(ranking.within(null), windowId, (source, now) -> ranking(source, now, segment)
                                .chain(members -> question.ask(members, now)))
                        .map(reading ->
                                new Reading<>(reading.value(), reading.ranking().within(segment), reading.source()));
    }

    private Uni<SegmentRanking> ranking(RankingSource source, RankingRef ranking, Segment segment) {
        return followed.follows(source, ranking, segment)
                ? followed.read((FollowedSource) source, ranking, segment)
                : rankings.read(source, ranking, segment);
    }

    /**
     * The whole ranking of a segment at one moment, to be read piece by piece.
     *
     * @param ranking of a segment
     */
    public Uni<Reading<SegmentRanking>> whole(RankingRef ranking, String windowId) {
        Segment segment = ranking.segment();
        return reader.read(ranking.within(null), windowId, (source, now) -> ranking(source, now, segment))
                .map(reading -> new Reading<>(reading.value(), reading.ranking().within(segment), reading.source()));
    }

    /** Forgets all rankings so that they are read again. */
    public void clear() {
        rankings.clear();
        followed.clear();
    }
}
