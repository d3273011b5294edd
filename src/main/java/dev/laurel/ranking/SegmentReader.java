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
import dev.laurel.standings.window.Segment;
import dev.laurel.standings.window.WindowRef;
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
     * A window ranked within a segment, with the members that it has now.
     *
     * @param segment name of the segment; null for the whole board
     * @return fails with {@link NotFound} when there is no such segment, with {@link InvalidInput} when the name is
     *     invalid or the segment is too large
     */
    public Uni<WindowRef> within(WindowRef window, String segment) {
        return segment == null
                ? Uni.createFrom().item(window)
                : segments.of(window.board().tenant(), segment).map(found -> within(window, found));
    }

    private static WindowRef within(WindowRef window, Segments.Members found) {
        return window.within(new Segment(found.name(), found.version(), found.playerIds()));
    }

    /**
     * As {@link #within}, for a group and nothing else of that name.
     *
     * @return fails with {@link NotFound} when there is no such group
     */
    public Uni<WindowRef> withinGroup(WindowRef window, GroupKey group) {
        return segments.of(window.board().tenant(), group.segment())
                .invoke(found -> {
                    if (!found.isGroup()) {
                        throw new NotFound("There is no group " + found.name());
                    }
                })
                .map(found -> within(window, found));
    }

    /** As {@link StandingsReader#read}; where the window is ranked within a segment, its ranking answers. */
    public <T> Uni<Reading<T>> read(WindowRef window, String windowId, Question<T> question) {
        Segment segment = window.segment();
        return segment == null
                ? reader.read(window, windowId, question)
                : reader.read(window.within(null), windowId, (source, now) -> ranking(source, now, segment)
                                .chain(ranking -> question.ask(ranking, now)))
                        .map(reading ->
                                new Reading<>(reading.value(), reading.window().within(segment), reading.source()));
    }

    private Uni<SegmentRanking> ranking(RankingSource source, WindowRef window, Segment segment) {
        // A snapshot does not change with later events, and its reads must not reveal them.
        long stamp = source.source() == Source.FROZEN ? 0 : stamps.of(window);
        Key key = new Key(window, source.source(), segment.withoutPlayers(), stamp);
        return rankings.get(key, () -> source.standings(window, segment.playerIds())
                .map(members ->
                        new SegmentRanking(source.source(), window.board().definition(), members)));
    }

    /** Forgets all rankings so that they are read again. */
    public void clear() {
        rankings.clear();
    }

    /** Windows of a board as the public sees it differ from those as administrators see it. */
    private record Key(WindowRef window, Source source, Segment segment, long stamp) {}
}
