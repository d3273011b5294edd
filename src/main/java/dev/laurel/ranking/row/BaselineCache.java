package dev.laurel.ranking.row;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.board.Season;
import dev.laurel.board.change.BoardChanges;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.ranking.segment.StillMarks;
import dev.laurel.standings.baseline.Baseline;
import dev.laurel.standings.baseline.Baselines;
import dev.laurel.standings.rank.Source;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.RankingRef;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What players of seasons had when the season began, cached for minutes. All that changes it is part of the key: the changes of
 * the board and of its baselines, who takes no rank, and the freeze of a frozen board.
 */
@Startup
@ApplicationScoped
class BaselineCache {
    /** Of a player with some metrics. */
    private static final int BYTES = 500;

    private final NearCache<BoardChanges.Stamped, Optional<Baseline>> cache;
    private final Baselines baselines;
    private final BoardChanges changes;
    private final StillMarks marks;
    private final ChangeStamps stamps;

    BaselineCache(
            SeasonConfig config,
            Baselines baselines,
            BoardChanges changes,
            StillMarks marks,
            ChangeStamps stamps,
            Caches caches) {
        this.cache = new NearCache<>(
                CacheKind.of("baselines", config.baselinesCachedFor(), BYTES).byPlayer(),
                config.cachedBaselines(),
                caches);
        this.baselines = baselines;
        this.changes = changes;
        this.marks = marks;
        this.stamps = stamps;
    }

    /** The baselines of those of the given players who have one, as the public is shown them. */
    Uni<Map<String, Baseline>> of(RankingRef ranking, Season season, List<String> players) {
        Board board = ranking.board();
        if (players.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        // Read before what depends on it, so that nothing older is kept under it.
        long stamp = stamps.ofAll();
        return changes.isTrusted()
                ? baselines.freeze(board).chain(freeze -> marks.of(ranking, Source.FROZEN)
                        .map(mark -> new Shown(board, season, freeze, mark.unranked() + stamp))
                        .chain(shown -> of(shown, players)))
                : baselines.freeze(board).chain(freeze -> baselines.of(board, season, freeze, players));
    }

    private Uni<Map<String, Baseline>> of(Shown shown, List<String> players) {
        Map<String, Baseline> found = new HashMap<>();
        List<String> missing = new ArrayList<>();
        Map<String, BoardChanges.Stamped> keys = new HashMap<>();
        for (String player : players) {
            BoardChanges.Stamped key = key(shown, player);
            keys.put(player, key);
            cache.held(key)
                    .ifPresentOrElse(held -> held.ifPresent(one -> found.put(player, one)), () -> missing.add(player));
        }
        if (missing.isEmpty()) {
            return Uni.createFrom().item(found);
        }
        return baselines
                .of(shown.board(), shown.season(), shown.freeze(), missing)
                .invoke(loaded -> missing.forEach(player -> keep(keys.get(player), loaded.get(player))))
                .invoke(found::putAll)
                .replaceWith(found);
    }

    private BoardChanges.Stamped key(Shown shown, String player) {
        Board board = shown.board();
        return changes.stamped(board.tenant(), board.name(), new Key(shown, player));
    }

    private void keep(BoardChanges.Stamped key, Baseline loaded) {
        cache.get(key, () -> Uni.createFrom().item(Optional.ofNullable(loaded)))
                .subscribe()
                .with(kept -> {}, failure -> {});
    }

    /**
     * What the public is shown of a season.
     *
     * @param freeze number of the freeze whose snapshot is shown; 0 for none
     * @param mark another one for each state of who takes no rank
     */
    private record Shown(Board board, Season season, int freeze, long mark) {}

    private record Key(BoardName board, int number, int revision, long season, int freeze, long mark, String player)
            implements CacheKey {
        Key(Shown shown, String player) {
            this(
                    shown.board().fullName(),
                    shown.board().id(),
                    shown.board().revision(),
                    shown.season().window().firstKey(),
                    shown.freeze(),
                    shown.mark(),
                    player);
        }

        @Override
        public KeyAddress address() {
            return KeyAddress.ofPlayer(board.tenant(), "baseline", player, board.name(), season);
        }
    }
}
