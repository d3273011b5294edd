package dev.laurel.access.key;

import dev.laurel.access.key.KeyCache.Known;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Compares the keys in memory with their rows from time to time, and evicts those that have changed without a notice: a row that was
 * removed or narrowed by hand, or lost in a failover.
 */
@ApplicationScoped
class KeyRechecks {
    private static final Logger LOG = Logger.getLogger(KeyRechecks.class);

    /** Keys that one statement asks for. */
    private static final int CHUNK = 1_000;

    private final KeyCache cache;
    private final KeyLookup stored;

    KeyRechecks(KeyCache cache, KeyLookup stored) {
        this.cache = cache;
        this.stored = stored;
    }

    @Scheduled(identity = "known-keys", every = "5m", delayed = "5m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> check() {
        List<Entry<Secret.Digest, Known>> all = new ArrayList<>(cache.all().entrySet());
        return Multi.createFrom()
                .iterable(all)
                .group()
                .intoLists()
                .of(CHUNK)
                .onItem()
                .transformToUniAndConcatenate(this::check)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Keys could not be compared: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> check(List<Entry<Secret.Digest, Known>> some) {
        List<Long> numbers =
                some.stream().map(known -> known.getValue().number()).toList();
        return stored.find(numbers).invoke(found -> evictChanged(some, found)).replaceWithVoid();
    }

    private void evictChanged(List<Entry<Secret.Digest, Known>> some, Map<Long, Known> found) {
        some.stream()
                .filter(known ->
                        !known.getValue().equals(found.get(known.getValue().number())))
                .forEach(known -> cache.evict(known.getKey(), known.getValue()));
    }
}
