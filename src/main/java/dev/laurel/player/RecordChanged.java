package dev.laurel.player;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

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
