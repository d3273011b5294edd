package dev.laurel.ranking.eligibility;

import dev.laurel.board.Board;
import dev.laurel.board.BoardName;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.player.PlayerCache;
import dev.laurel.player.PlayerConfig;
import dev.laurel.player.PlayerKey;
import dev.laurel.standings.window.ChangeStamps;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What is known of players on boards, cached in this process. On a board without a cooldown it holds as long as a player's
 * record, since every disqualification is noted with the changes of records; on one with a cooldown it holds for a second,
 * and until this process accepts an event there. That a player is disqualified is not cached, so a reinstatement and a
 * reset show at once.
 */
@Startup
@ApplicationScoped
class OnBoardCache {
    /** As long as it may take until this process learns what others have changed. */
    private static final Duration MOVING_FOR = Duration.ofSeconds(1);

    private static final int BYTES = 100;

    private final PlayerCache players;
    private final ChangeStamps stamps;
    private final Clock clock;
    private final NearCache<Key, OnBoard> settled;
    private final NearCache<Key, OnBoard> moving;

    OnBoardCache(PlayerCache players, ChangeStamps stamps, Clock clock, PlayerConfig config, Caches caches) {
        this.players = players;
        this.stamps = stamps;
        this.clock = clock;
        this.settled = new NearCache<>(
                CacheKind.of("eligibility", config.cachedFor(), BYTES).byPlayer(), config.cached(), caches);
        this.moving = new NearCache<>(
                CacheKind.of("eligibility-cooldown", MOVING_FOR, BYTES).byPlayer(), config.cached(), caches);
    }

    /** What is known of a player, loaded when it is not cached. */
    Uni<OnBoard> get(Board board, PlayerKey player, Supplier<Uni<OnBoard>> loader) {
        OptionalLong changes = players.stamp(player);
        if (changes.isEmpty()) {
            return loader.get();
        }
        boolean cooldown = !board.definition().eligibility().cooldown().isZero();
        Key key = new Key(
                board.fullName(),
                board.id(),
                board.revision(),
                player,
                changes.getAsLong(),
                stamps.ofDecisions(board),
                cooldown ? stamps.at(board, clock.instant()) : 0);
        NearCache<Key, OnBoard> cache = cooldown ? moving : settled;
        return cache.get(key, loader).invoke(found -> {
            if (found.disqualified()) {
                cache.forget(key);
            }
        });
    }

    /**
     * @param changes of the player's record, and disqualifications of the player by any process
     * @param decisions on who takes a rank on the board, by this process
     * @param events on the board, accepted by this process; 0 where they do not matter
     */
    private record Key(
            BoardName board, int number, int revision, PlayerKey player, long changes, long decisions, long events)
            implements CacheKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.ofPlayer(player.tenant(), "eligibility", player.id(), board.name());
        }
    }
}
