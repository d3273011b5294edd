package dev.laurel.ranking.segment;

import dev.laurel.board.Board;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.segment.SegmentConfig;
import dev.laurel.standings.rank.FollowedSource;
import dev.laurel.standings.rank.RankingSource;
import dev.laurel.standings.rank.SegmentRanking;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.Segment;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;

/** The large segments that this process keeps up to date, because their boards declare them and somebody has read them. */
@Startup
@ApplicationScoped
class FollowedSegments {
    /** A segment is read as a whole again after that. */
    private static final Duration KEPT_FOR = Duration.ofMinutes(10);

    /**
     * How long another process may apply what it accepted before it knew that changes are to be logged; a write is given up
     * much earlier.
     */
    private static final Duration SETTLING = Duration.ofSeconds(20);

    private final SegmentConfig config;
    private final SegmentLoads loads;
    private final Clock clock;
    private final NearCache<Key, Sized> followed;

    FollowedSegments(SegmentConfig config, SegmentLoads loads, Clock clock, Caches caches) {
        this.config = config;
        this.loads = loads;
        this.clock = clock;
        this.followed = NearCache.weighed(
                CacheKind.of("followed-segments", KEPT_FOR, SegmentRankings.STANDING_BYTES)
                        .ofRankings()
                        .byGroup(),
                config.ranked(),
                Sized::players,
                caches);
    }

    /** Whether a segment is kept up to date when it is read from a source. */
    boolean follows(RankingSource source, RankingRef ranking, Segment segment) {
        return source instanceof FollowedSource
                && segment.playerIds().size() >= config.followedFrom()
                && ranking.board().definition().membership().segments().contains(kind(segment.name()))
                && isSettled(ranking.board());
    }

    /** All processes know a definition that is the first one. */
    private boolean isSettled(Board board) {
        return board.revision() == 1 || board.updatedAt().plus(SETTLING).isBefore(clock.instant());
    }

    static String kind(String segment) {
        return segment.substring(0, segment.indexOf(':'));
    }

    /** The ranking of a segment, as its source has it now. */
    Uni<SegmentRanking> read(FollowedSource source, RankingRef ranking, Segment segment) {
        int players = segment.playerIds().size();
        return followed.get(new Key(ranking, segment.name()), () -> Uni.createFrom()
                        .item(new Sized(players, new FollowedSegment(load -> loads.run(players, load)))))
                .chain(known -> known.segment.read(source, ranking, segment));
    }

    void clear() {
        followed.clear();
    }

    /** @param ranking of the whole board; another one for another revision of the definition */
    private record Key(RankingRef ranking, String segment) implements CacheKey {
        @Override
        public KeyAddress address() {
            return SegmentRankings.address(ranking, segment);
        }
    }

    /** @param players members of the segment when it was first read */
    private record Sized(int players, FollowedSegment segment) {}
}
