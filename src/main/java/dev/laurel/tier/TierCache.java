package dev.laurel.tier;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.ranking.segment.StillMarks;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.Period;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.Segment;
import dev.laurel.standings.window.WindowRef;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;

/**
 * What has been computed of tiers in the last minutes. All that must show at once is part of the key: the definition, the
 * last upload, corrections, and who takes no rank. Scores are not.
 */
@Startup
@ApplicationScoped
class TierCache {
    private static final int MAX_CUTS = 10_000;
    private static final int CUTS_BYTES = 1_000;
    private static final int PLAYER_BYTES = 200;

    private final StillMarks marks;
    private final ChangeStamps stamps;
    private final Clock clock;
    private final NearCache<Key, TierCuts> cuts;
    private final NearCache<Key, TierCounts> counts;
    private final NearCache<Key, TierPage> pages;

    TierCache(StillMarks marks, ChangeStamps stamps, TierConfig config, Clock clock, Caches caches) {
        this.marks = marks;
        this.stamps = stamps;
        this.clock = clock;
        this.cuts = new NearCache<>(
                CacheKind.of("tier-cuts", config.cachedFor(), CUTS_BYTES).addressed(), MAX_CUTS, caches);
        this.counts = new NearCache<>(
                CacheKind.of("tier-counts", config.cachedFor(), CUTS_BYTES).addressed(), MAX_CUTS, caches);
        this.pages = NearCache.weighed(
                CacheKind.of("tier-pages", config.cachedFor(), PLAYER_BYTES).addressed(),
                config.cached(),
                page -> 1 + page.players().size(),
                caches);
    }

    NearCache<Key, TierCuts> cuts() {
        return cuts;
    }

    NearCache<Key, TierCounts> counts() {
        return counts;
    }

    NearCache<Key, TierPage> pages() {
        return pages;
    }

    void clear() {
        cuts.clear();
        counts.clear();
        pages.clear();
    }

    /** The key of what follows from a window and from tiers, of all metrics and players. */
    Uni<Key> key(RankingRef ranking, BoardTiers tiers) {
        boolean frozen = ranking.board().frozen(clock.instant());
        int freeze = frozen ? ranking.board().freeze().number() : 0;
        return marks.of(ranking, frozen ? Source.FROZEN : Source.POSTGRES)
                .map(mark -> new Key(
                        ranking.board().fullName(),
                        frozen ? ShownWindow.of(ranking) : ranking.window(),
                        freeze,
                        frozen ? stamps.ofAll() : stamps.ofDecisions(ranking.board()),
                        tiers.number(),
                        tiers.revision(),
                        tiers.drops(),
                        mark,
                        null));
    }

    /**
     * What has been computed depends on all of it.
     *
     * @param window a window, or the name under which a snapshot shows one: resets and closings since the freeze must not
     *     have anything computed again
     * @param stamp grows when this process has changed everything at once, or who takes a rank
     * @param detail what is asked beyond that
     */
    record Key(
            BoardName board,
            Record window,
            int freeze,
            long stamp,
            long number,
            int revision,
            long drops,
            StillMarks.Mark mark,
            Record detail)
            implements CacheKey {
        Key of(Record other) {
            return new Key(board, window, freeze, stamp, number, revision, drops, mark, other);
        }

        @Override
        public KeyAddress address() {
            String shown = window instanceof WindowRef ref ? ref.id() : ((ShownWindow) window).window();
            return KeyAddress.of(board.tenant(), "tier", board.name(), shown);
        }
    }

    /** The players that are asked for, and the cuts by which they are sorted; the page is null for counts. */
    record Detail(int metric, Segment segment, TierCuts cuts, int tier, PageRequest page) {
        static Detail of(RankingRef ranking, TierCuts cuts, int tier, PageRequest page) {
            Segment segment =
                    ranking.segment() == null ? null : ranking.segment().withoutPlayers();
            return new Detail(ranking.metric(), segment, cuts, tier, page);
        }
    }

    private record ShownWindow(int board, Period period, String window) {
        static ShownWindow of(RankingRef ranking) {
            Board board = ranking.board();
            return new ShownWindow(
                    board.id(), ranking.period(), ranking.window().id());
        }
    }
}
