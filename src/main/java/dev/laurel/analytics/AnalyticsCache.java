package dev.laurel.analytics;

import dev.laurel.board.Board;
import dev.laurel.cache.ChangeBroadcast;
import dev.laurel.cache.Freshness;
import dev.laurel.cache.Stamps;
import dev.laurel.player.PlayerKey;
import dev.laurel.player.RecordChanged;
import dev.laurel.shared.LaurelException.Unavailable;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What this process caches of analytics. Keys carry a stamp that changes when the follower has counted an event of the
 * player, and with what records of players may hide; {@link ActivityChanges} reports both. While PostgreSQL is unavailable,
 * what is cached is still served.
 */
@ApplicationScoped
class AnalyticsCache implements RecordChanged {
    /** What changes with every record of a player. */
    private static final String VISIBILITY = "visibility";

    private final CaffeineCache cache;
    private final Clock clock;
    private final Stamps players = new Stamps();
    private final Stamps records = new Stamps();
    private final Freshness freshness = new Freshness();

    AnalyticsCache(@CacheName("analytics") Cache cache, ChangeBroadcast broadcast, Clock clock) {
        this.cache = cache.as(CaffeineCache.class);
        this.clock = clock;
        broadcast.listen(RecordChanged.TOPIC, fields -> recordsChanged());
    }

    /** An answer that depends on what a player has done on a board. */
    <T> Uni<T> ofPlayer(Board board, String player, Object question, Supplier<Uni<T>> loader) {
        return get(key(board, question, players.of(new Subject(board.id(), player))), loader);
    }

    /** An answer that depends on all players of a board: it is renewed by age alone. */
    <T> Uni<T> ofBoard(Board board, Object question, Supplier<Uni<T>> loader) {
        return get(key(board, question, 0), loader);
    }

    private Key key(Board board, Object question, long stamp) {
        int freeze = board.frozen(clock.instant()) ? board.freeze().number() : 0;
        return new Key(board.id(), board.revision(), freeze, question, stamp, records.of(VISIBILITY));
    }

    /** One loader runs for each key while other callers wait for its result; failures are not cached. */
    private <T> Uni<T> get(Key key, Supplier<Uni<T>> loader) {
        if (freshness.isTrusted()) {
            return cache.getAsync(key, absent -> loader.get());
        }
        return loader.get().onFailure(Unavailable.class).recoverWithUni(failure -> {
            CompletableFuture<T> held = cache.getIfPresent(key);
            return held == null
                    ? Uni.createFrom().failure(failure)
                    : Uni.createFrom().completionStage(held);
        });
    }

    /** The follower has counted events of a player. */
    void counted(int board, String player) {
        players.changed(new Subject(board, player));
    }

    void allCounted() {
        players.allChanged();
    }

    void recordsChanged() {
        records.changed(VISIBILITY);
    }

    @Override
    public Uni<Void> recordChanged(PlayerKey key) {
        return Uni.createFrom().voidItem().invoke(this::recordsChanged);
    }

    /** Notes that changes have been checked for. */
    void looked(boolean complete) {
        freshness.looked(complete, () -> {
            allCounted();
            recordsChanged();
        });
    }

    private record Subject(int board, String player) {}

    private record Key(int board, int revision, int freeze, Object question, long stamp, long visibility) {}
}
