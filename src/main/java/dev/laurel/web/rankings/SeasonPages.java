package dev.laurel.web.rankings;

import dev.laurel.board.Board;
import dev.laurel.board.change.BoardChanges;
import dev.laurel.cache.Answer;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.ranking.row.SeasonConfig;
import dev.laurel.ranking.segment.StillMarks;
import dev.laurel.shared.Period;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RankingRef;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.function.Supplier;

/**
 * Players' pages of closed seasons as finished responses, kept for minutes. All that changes an archive or what is shown with it
 * is part of the key: corrections, the changes of the board, who takes no rank, and the records of players.
 */
@Startup
@ApplicationScoped
class SeasonPages {
    private static final int BYTES = 1_500;

    private final NearCache<BoardChanges.Stamped, Answer> pages;
    private final BoardChanges changes;
    private final StillMarks marks;
    private final ChangeStamps stamps;
    private final EntryDetailsReader details;
    private final Clock clock;

    SeasonPages(
            SeasonConfig config,
            BoardChanges changes,
            StillMarks marks,
            ChangeStamps stamps,
            EntryDetailsReader details,
            Clock clock,
            Caches caches) {
        this.pages = new NearCache<>(
                CacheKind.of("season-pages", config.pagesCachedFor(), BYTES).byPlayer(), config.cachedPages(), caches);
        this.changes = changes;
        this.marks = marks;
        this.stamps = stamps;
        this.details = details;
        this.clock = clock;
    }

    /** A player's page from here where it may be kept; else from the loader. */
    Uni<Answer> get(RankingRef ranking, String playerId, EntryFields with, Supplier<Uni<Answer>> loader) {
        if (!isKept(ranking, with)) {
            return loader.get();
        }
        // Read before the page, which then is no older.
        long stamp = stamps.withBefore(ranking.window()) + details.stamp();
        Board board = ranking.board();
        return marks.of(ranking, Source.ARCHIVE)
                .map(mark -> new Key(ranking.window(), ranking.metric(), playerId, with, stamp, mark))
                .map(key -> changes.stamped(board.tenant(), board.name(), key))
                .chain(key -> pages.get(key, loader));
    }

    /** Tiers have caches of their own, and members of a segment and daily positions change by themselves. */
    private boolean isKept(RankingRef ranking, EntryFields with) {
        return ranking.period() == Period.SEASON
                && ranking.window().state() == WindowState.CLOSED
                && ranking.segment() == null
                && !with.tier()
                && with.changeSince() == null
                && !ranking.board().frozen(clock.instant())
                && changes.isTrusted();
    }

    /** @param stamp of what this process has changed in the window or the one before, and in records of players */
    private record Key(WindowRef window, int metric, String player, EntryFields with, long stamp, StillMarks.Mark mark)
            implements CacheKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.of("board", window.board().id(), "season", window.id(), player)
                    .about(player);
        }
    }
}
