package dev.laurel.cache;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import java.util.List;

/**
 * Makes the caches of this process see a change that it has just made, before it answers the request that made it: all
 * watchers of changes look at once instead of at their next turn.
 */
@ApplicationScoped
public class OwnChanges {
    private final List<Watcher> watchers;

    OwnChanges(@Any Instance<Watcher> watchers) {
        this.watchers = watchers.stream().toList();
    }

    /** Ends when all watchers have looked; never fails. */
    public Uni<Void> see() {
        return Multi.createFrom()
                .iterable(watchers)
                .onItem()
                .transformToUniAndConcatenate(Watcher::look)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** A bean that looks for changes. */
    public interface Watcher {
        /** Ends when a cache has forgotten what has changed; never fails. */
        Uni<Void> look();
    }
}
