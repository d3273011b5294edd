package dev.laurel.achievement;

import dev.laurel.cache.ChangeBroadcast;
import dev.laurel.cache.ChangeNotice;
import dev.laurel.cache.Freshness;
import dev.laurel.cache.Stamps;
import dev.laurel.platform.async.Bulkhead;
import dev.laurel.player.PlayerKey;
import dev.laurel.player.RecordChanged;
import dev.laurel.shared.Tenant;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.function.Supplier;

/**
 * What this process caches of achievements: definitions, what players have reached, holders. Keys carry the stamp of what
 * the value depends on, so nothing is found that is older than the last known change of it; {@link AchievementChanges}
 * reports those of other processes.
 */
@ApplicationScoped
public class AchievementCache implements RecordChanged {
    private static final String ALL = "all";
    private static final String DEFINITION = "achievement";

    private static final int CONCURRENT = 4;
    private static final int WAITING = 256;

    private final Cache definitions;
    private final Cache players;
    private final Cache holders;
    private final Stamps definitionStamps = new Stamps();
    private final Stamps playerStamps = new Stamps();
    private final Stamps holderStamps = new Stamps();
    private final Freshness freshness = new Freshness();
    private final ChangeBroadcast broadcast;

    /** What is not cached shares its connections with writes. */
    private final Bulkhead reads =
            new Bulkhead(CONCURRENT, WAITING, "PostgreSQL has as many awards to read as it can take");

    AchievementCache(
            @CacheName("achievements") Cache definitions,
            @CacheName("player-achievements") Cache players,
            @CacheName("achievement-holders") Cache holders,
            ChangeBroadcast broadcast) {
        this.definitions = definitions;
        this.players = players;
        this.holders = holders;
        this.broadcast = broadcast;
        broadcast.listen(DEFINITION, fields -> learnDefinition());
        broadcast.listen(RecordChanged.TOPIC, fields -> playersChanged());
    }

    /** Something that depends on definitions alone. */
    <T> Uni<T> definition(Object question, Supplier<Uni<T>> loader) {
        return get(definitions, new Key(question, definitionStamps.of(ALL)), loader);
    }

    /** Something that depends on what a player has reached, and on definitions. */
    public <T> Uni<T> player(PlayerKey player, Object question, Supplier<Uni<T>> loader) {
        return get(players, new Key(question, playerStamps.of(player)), () -> reads.run(loader.get()));
    }

    /** Something that depends on who has reached an achievement. */
    public <T> Uni<T> holders(int achievement, Object question, Supplier<Uni<T>> loader) {
        return get(holders, new Key(question, holderStamps.of(achievement)), () -> reads.run(loader.get()));
    }

    /** One loader runs for each key while other callers wait for its result; failures are not cached. */
    private <T> Uni<T> get(Cache cache, Key key, Supplier<Uni<T>> loader) {
        return freshness.isTrusted() ? cache.getAsync(key, absent -> loader.get()) : loader.get();
    }

    /** This process has changed a definition. */
    void definitionChanged() {
        learnDefinition();
        broadcast.tell(ChangeNotice.of(DEFINITION));
    }

    /** A definition has changed, and with it what players can see of their own. */
    void learnDefinition() {
        definitionStamps.changed(ALL);
        playersChanged();
    }

    /** A player has got an award, or lost one. */
    void awarded(int achievement, PlayerKey player) {
        playerStamps.changed(player);
        holderStamps.changed(achievement);
    }

    @Override
    public Uni<Void> recordChanged(PlayerKey key) {
        return Uni.createFrom().voidItem().invoke(this::playersChanged);
    }

    @Override
    public Uni<Void> profilesChanged(Tenant tenant, Collection<String> playerIds) {
        return Uni.createFrom().voidItem().invoke(this::playersChanged);
    }

    /** Players may have appeared on public lists, or disappeared from them. */
    void playersChanged() {
        playerStamps.allChanged();
        holderStamps.allChanged();
    }

    /** Notes that changes by other processes have been checked for. */
    void looked(boolean complete) {
        freshness.looked(complete, this::learnDefinition);
    }

    private record Key(Object question, long stamp) {}
}
