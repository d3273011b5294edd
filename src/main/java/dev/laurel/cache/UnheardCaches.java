package dev.laurel.cache;

import dev.laurel.cache.registry.Caches;
import dev.laurel.platform.async.OffLoop;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * While this process cannot hear what others change, its caches keep values for a second at most. What they hold is dropped when
 * that begins. A change that was missed until it ends is found in PostgreSQL, as any other.
 */
@Startup
@ApplicationScoped
class UnheardCaches {
    private final Caches caches;
    private final CacheConfig config;

    /** As it was told last; each change is carried out as of then. */
    private volatile boolean heard = true;

    private boolean carried = true;

    UnheardCaches(Caches caches, CacheConfig config, ChangeBroadcast broadcast) {
        this.caches = caches;
        this.config = config;
        broadcast.watch(this::told);
    }

    private void told(boolean hears) {
        heard = hears;
        // All keys are gone over.
        OffLoop.always(this::carry).subscribe().with(done -> {}, failure -> {});
    }

    private synchronized boolean carry() {
        boolean wanted = heard;
        if (wanted != carried) {
            carried = wanted;
            caches.shorten(wanted ? null : config.unheardTtl());
            if (!wanted) {
                caches.clear();
            }
        }
        return wanted;
    }
}
