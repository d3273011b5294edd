package dev.laurel.cache.shared;

import dev.laurel.cache.Computed;
import dev.laurel.cache.shared.SharedLevel.Found;
import dev.laurel.cache.shared.SharedLevel.Terms;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The values of one cache that all processes share. One process loads a value while the others wait for it, no longer than the
 * lease; without Redis each loads its own.
 *
 * <p>Every process that learns of a change invalidates what depends on it. Until Redis has confirmed that, it does not use what
 * is shared; where Redis has not, it uses nothing before all of the cache has been outdated.
 */
final class SharedValues {
    private static final Logger LOG = Logger.getLogger(SharedValues.class);

    /** How often a process looks whether another one has loaded a value. */
    private static final Duration POLL = Duration.ofMillis(20);

    /** Larger ones are not shared. */
    private static final int MAX_BODY = 1 << 20;

    private final SharedLevel level;
    private final String name;
    private final Duration life;
    private final Duration generationLife;
    private final Runnable onHit;
    private final Map<String, Integer> invalidated = new ConcurrentHashMap<>();
    private final AtomicInteger outdated = new AtomicInteger();
    private volatile boolean owing;

    /**
     * @param generationLife after which all values are outdated unless {@link #keep} is called
     * @param onHit called for each value that is found
     */
    SharedValues(SharedLevel level, String name, Duration life, Duration generationLife, Runnable onHit) {
        this.level = level;
        this.name = name;
        this.life = life;
        this.generationLife = generationLife;
        this.onHit = onHit;
    }

    /** The value of a key, loaded if absent; never fails for what is wrong with Redis. */
    <T> Uni<Computed<T>> get(SharedKey key, Supplier<Uni<T>> loader) {
        return isUsable(key) ? find(key, loader, System.nanoTime()) : own(loader);
    }

    private boolean isUsable(SharedKey key) {
        return level.isEnabled() && !owing && outdated.get() == 0 && !invalidated.containsKey(key.subject());
    }

    private static <T> Uni<Computed<T>> own(Supplier<Uni<T>> loader) {
        return Uni.createFrom().deferred(loader::get).map(Computed::new);
    }

    private <T> Uni<Computed<T>> find(SharedKey key, Supplier<Uni<T>> loader, long since) {
        String caller = level.newName();
        return level.generation(name, generationLife)
                .map(generation -> new Terms(generation, caller, life))
                .chain(terms -> level.find(key, terms).map(found -> new Step(terms, found)))
                .onFailure()
                .recoverWithItem(failure -> unavailable(failure))
                .chain(step -> follow(key, loader, since, step));
    }

    private Step unavailable(Throwable failure) {
        LOG.debugf("Shared values of %s cannot be read: %s", name, failure.getMessage());
        return new Step(null, Found.NOTHING);
    }

    private <T> Uni<Computed<T>> follow(SharedKey key, Supplier<Uni<T>> loader, long since, Step step) {
        Found found = step.found;
        if (found.body() != null) {
            onHit.run();
            return Uni.createFrom().item(Computed.written(found.body(), found.left()));
        }
        if (found.epoch() != null) {
            return load(key, loader, step);
        }
        boolean patient = System.nanoTime() - since < level.lease().toNanos();
        return found.isWaiting() && patient
                ? Uni.createFrom().voidItem().onItem().delayIt().by(POLL).chain(() -> find(key, loader, since))
                : own(loader);
    }

    /** The value is stored once it has been written as a response, which its caller is about to do. */
    private <T> Uni<Computed<T>> load(SharedKey key, Supplier<Uni<T>> loader, Step step) {
        return Uni.createFrom()
                .deferred(loader::get)
                .onFailure()
                .invoke(failure -> store(key, step, null))
                .onCancellation()
                .invoke(() -> store(key, step, null))
                .map(value -> new Computed<>(value, body -> store(key, step, body)));
    }

    private void store(SharedKey key, Step step, byte[] body) {
        level.store(key, step.terms, step.found.epoch(), body == null || body.length > MAX_BODY ? null : body)
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf("A value of %s is not shared: %s", name, failure.getMessage()));
    }

    /** Outdates all values of a subject, whatever is being loaded of it included. */
    void invalidate(String subject) {
        invalidated.merge(subject, 1, Integer::sum);
        level.remove(subject)
                .onTermination()
                .invoke(() -> invalidated.computeIfPresent(subject, (same, times) -> times == 1 ? null : times - 1))
                .onFailure()
                .invoke(failure -> owing = true)
                .subscribe()
                .with(done -> {}, failure -> {});
    }

    /** Outdates all values. */
    void invalidateAll() {
        outdated.incrementAndGet();
        level.outdate(name, generationLife)
                .onItemOrFailure()
                .invoke((done, failure) -> {
                    owing = failure != null;
                    outdated.decrementAndGet();
                })
                .subscribe()
                .with(done -> {}, failure -> {});
    }

    /** This process knows of all changes: what is shared is kept. */
    void keep() {
        if (owing) {
            invalidateAll();
        } else {
            level.keep(name, generationLife).subscribe().with(done -> {}, failure -> {});
        }
    }

    private record Step(Terms terms, Found found) {}
}
