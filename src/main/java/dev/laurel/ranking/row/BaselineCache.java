package dev.laurel.ranking.row;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.board.Board;
import dev.laurel.board.Season;
import dev.laurel.standings.baseline.Baseline;
import dev.laurel.standings.baseline.Baselines;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Baselines that rows have shown, kept for two minutes under the revision of their board, which each change of a baseline
 * increments: an outdated one is never found by who knows the change.
 */
@ApplicationScoped
class BaselineCache {
    private static final long MAX_KEPT = 50_000;
    private static final long KEPT_MS = 120_000;

    private final Baselines baselines;
    private final Clock clock;
    private final Cache<Key, Kept> kept =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).build();

    BaselineCache(Baselines baselines, Clock clock) {
        this.baselines = baselines;
        this.clock = clock;
    }

    /** The baselines of those of the given players who have one; one statement for all that are not kept. */
    Uni<Map<String, Baseline>> of(Board board, Season season, List<String> playerIds) {
        long now = clock.millis();
        boolean frozen = board.frozen(clock.instant());
        Map<String, Baseline> found = new HashMap<>();
        List<String> missing = new ArrayList<>();
        for (String player : playerIds) {
            Kept known = kept.getIfPresent(new Key(board.version(), frozen, season.id(), player));
            if (known == null || now - known.since() > KEPT_MS || now < known.since()) {
                missing.add(player);
            } else if (known.baseline() != null) {
                found.put(player, known.baseline());
            }
        }
        if (missing.isEmpty()) {
            return Uni.createFrom().item(found);
        }
        return baselines.of(board, season, missing).map(read -> {
            missing.forEach(player -> kept.put(
                    new Key(board.version(), frozen, season.id(), player), new Kept(read.get(player), now)));
            found.putAll(read);
            return found;
        });
    }

    private record Key(String board, boolean frozen, String season, String player) {}

    /** @param baseline null for none */
    private record Kept(Baseline baseline, long since) {}
}
