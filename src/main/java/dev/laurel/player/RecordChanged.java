package dev.laurel.player;

import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import java.util.Collection;

/** Learns of every change of a player's record after it has been committed, and before it is answered. */
public interface RecordChanged {
    /** Topic of the notices to other processes. Their fields are the tenant and the player. */
    String TOPIC = "player";

    /**
     * Carries a change to where it has to be seen. It may have been made by this process or, concurrently, by another one;
     * or there may have been none, when it is not known how it ended.
     *
     * @return fails when that is not possible at the moment; the change itself stays
     */
    Uni<Void> recordChanged(PlayerKey key);

    /**
     * As {@link #recordChanged}, for many records that nobody has hidden, banned or let back in by it.
     */
    default Uni<Void> profilesChanged(Tenant tenant, Collection<String> playerIds) {
        return Multi.createFrom()
                .iterable(playerIds)
                .onItem()
                .transformToUniAndConcatenate(id -> recordChanged(new PlayerKey(tenant, id)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Tells all followers of many such changes, one follower after the other. */
    static Uni<Void> tellOfProfiles(Iterable<RecordChanged> followers, Tenant tenant, Collection<String> playerIds) {
        return Multi.createFrom()
                .iterable(followers)
                .onItem()
                .transformToUniAndConcatenate(follower -> follower.profilesChanged(tenant, playerIds))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Tells all followers of a change, one after the other. */
    static Uni<Void> tell(Iterable<RecordChanged> followers, PlayerKey key) {
        return Multi.createFrom()
                .iterable(followers)
                .onItem()
                .transformToUniAndConcatenate(follower -> follower.recordChanged(key))
                .collect()
                .last()
                .replaceWithVoid();
    }
}
