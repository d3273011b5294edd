package dev.laurel.ranking;

import dev.laurel.cache.CacheConfig;
import dev.laurel.cache.NearCache;
import dev.laurel.group.GroupKey;
import dev.laurel.segment.Segments;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.SegmentRanking;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.read.StandingsReader;
import dev.laurel.standings.read.StandingsReader.Question;
import dev.laurel.standings.read.StandingsReader.Reading;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.Segment;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Reads rankings of segments, and of whole boards, through the same questions. A segment's ranking is made of the
 * standings of its members, which are read at once from the source that a question is put to, and cached for moments
 * under the change stamp of the window, as finished responses are.
 */
@ApplicationScoped
public class SegmentReader {
    /** Each holds the standings of a whole segment. */
    private static final int MAX_CACHED = 200;

    private final StandingsReader reader;
    private final Segments segments;
    private final ChangeStamps stamps;
    private final NearCache<Key, SegmentRanking> rankings;

    SegmentReader(
            StandingsReader reader, Segments segments, ChangeStamps stamps, CacheConfig config, MeterRegistry meters) {
        this.reader = reader;
        this.segments = segments;
        this.stamps = stamps;
        this.rankings = new NearCache<>("segment-rankings", MAX_CACHED, config.answersFor(), meters);
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
                : segments.of(ranking.board().tenant(), segment).map(found -> within(ranking, found));
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
        return segments.of(ranking.board().tenant(), group.segment())
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
        // A snapshot does not change with later events, and its reads must not reveal them.
        long stamp = source.source() == Source.FROZEN ? 0 : stamps.of(ranking.window());
        Key key = new Key(ranking, source.source(), segment.withoutPlayers(), stamp);
        return rankings.get(key, () -> source.standings(ranking, segment.playerIds())
                .map(members ->
                        new SegmentRanking(source.source(), ranking.board().definition(), members)));
    }

    /** Forgets all rankings so that they are read again. */
    public void clear() {
        rankings.clear();
    }

    /** Windows of a board as the public sees it differ from those as administrators see it. */
    private record Key(RankingRef ranking, Source source, Segment segment, long stamp) {}
}
