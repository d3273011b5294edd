package dev.laurel.ranking.segment;

import dev.laurel.board.Board;
import dev.laurel.cache.CacheConfig;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.platform.async.OffLoop;
import dev.laurel.ranking.segment.StillMarks.Mark;
import dev.laurel.segment.SegmentConfig;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.SegmentRanking;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.Segment;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;

/**
 * Rankings of segments that are read as a whole. Those of open windows are cached for moments under the change stamp of their
 * window, those of archives and snapshots until something changes in them.
 */
@Startup
@ApplicationScoped
class SegmentRankings {
    static final int STANDING_BYTES = 120;

    /** What changes in an archive is in the key. */
    private static final Duration STILL_FOR = Duration.ofMinutes(10);

    private final ChangeStamps stamps;
    private final StillMarks marks;
    private final SegmentLoads loads;
    private final NearCache<Key, SegmentRanking> cache;
    private final NearCache<Key, SegmentRanking> still;

    SegmentRankings(
            ChangeStamps stamps,
            StillMarks marks,
            SegmentLoads loads,
            CacheConfig answers,
            SegmentConfig config,
            Caches caches) {
        this.stamps = stamps;
        this.marks = marks;
        this.loads = loads;
        this.cache = NearCache.weighed(
                CacheKind.of("segment-rankings", answers.answersFor(), STANDING_BYTES)
                        .ofRankings()
                        .byGroup(),
                config.ranked(),
                ranking -> 1 + ranking.size(),
                caches);
        this.still = NearCache.weighed(
                CacheKind.of("still-segment-rankings", STILL_FOR, STANDING_BYTES)
                        .byGroup(),
                config.ranked(),
                ranking -> 1 + ranking.size(),
                caches);
    }

    Uni<SegmentRanking> read(RankingSource source, RankingRef ranking, Segment segment) {
        // A snapshot does not change with later events, and its reads must not reveal them.
        long stamp = source.source() == Source.FROZEN ? stamps.ofAll() : stamps.of(ranking.window());
        Key key = new Key(ranking, source.source(), segment.withoutPlayers(), stamp, null);
        return source.source() == Source.ARCHIVE || source.source() == Source.FROZEN
                ? marks.of(ranking, source.source())
                        .chain(mark -> still.get(key.with(mark), () -> load(source, ranking, segment)))
                : cache.get(key, () -> load(source, ranking, segment));
    }

    private Uni<SegmentRanking> load(RankingSource source, RankingRef ranking, Segment segment) {
        return loads.run(segment.playerIds().size(), source.standings(ranking, segment.playerIds()))
                .chain(members -> OffLoop.ifLarge(
                        members.size(),
                        () -> new SegmentRanking(
                                source.source(), ranking.board().definition(), members)));
    }

    static KeyAddress address(RankingRef ranking, String segment) {
        Board board = ranking.board();
        return KeyAddress.ofSegment(
                board.tenant(),
                "segment",
                segment,
                board.name(),
                "ranking",
                ranking.window().id());
    }

    void clear() {
        cache.clear();
        still.clear();
    }

    /** Windows of a board as the public sees it differ from those as administrators see it. */
    private record Key(RankingRef ranking, Source source, Segment segment, long stamp, Mark mark) implements CacheKey {
        @Override
        public KeyAddress address() {
            return SegmentRankings.address(ranking, segment.name());
        }

        Key with(Mark other) {
            return new Key(ranking, source, segment, stamp, other);
        }
    }
}
