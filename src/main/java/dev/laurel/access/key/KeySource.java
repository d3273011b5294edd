package dev.laurel.access.key;

import dev.laurel.access.Caller;
import dev.laurel.access.CallerSource;
import dev.laurel.access.Credential;
import dev.laurel.access.key.KeyCache.Known;
import dev.laurel.platform.async.Bulkhead;
import dev.laurel.shared.LaurelException.Unauthenticated;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.Optional;

/**
 * Callers by their API keys. A key that is in memory needs no look into PostgreSQL; one that is not cannot be told from one that
 * does not exist without it, and gets 503 while PostgreSQL is unavailable, not 401: a client must not throw away a good key.
 */
@ApplicationScoped
class KeySource implements CallerSource {
    /** Look-ups at a time, and waiting ones: anybody can cause them with invented keys. */
    private static final int LOOKUPS = 4;

    private static final int WAITING = 1_000;

    private final KeyCache cache;
    private final KeyChanges changes;
    private final KeyUses uses;
    private final KeyLookup stored;
    private final Clock clock;
    private final Bulkhead lookups = new Bulkhead(LOOKUPS, WAITING, "Too many unknown keys are being looked up");

    KeySource(KeyCache cache, KeyChanges changes, KeyUses uses, KeyLookup stored, Clock clock) {
        this.cache = cache;
        this.changes = changes;
        this.uses = uses;
        this.stored = stored;
        this.clock = clock;
    }

    @Override
    public boolean accepts(Credential credential) {
        return credential.secret().startsWith(Secret.PREFIX);
    }

    @Override
    public Optional<Caller> known(Credential credential) {
        if (!Secret.isOne(credential.secret()) || !changes.isTrusted()) {
            return Optional.empty();
        }
        Known key = cache.known(Secret.digest(credential.secret()));
        if (key == null || key.isExpired(clock.instant())) {
            return Optional.empty();
        }
        uses.used(key.number());
        return Optional.of(key.caller());
    }

    @Override
    public Uni<Caller> find(Credential credential) {
        if (!Secret.isOne(credential.secret())) {
            return refused();
        }
        Secret.Digest secret = Secret.digest(credential.secret());
        return cache.isUnknown(secret)
                ? refused()
                : lookups.run(Uni.createFrom().deferred(() -> look(secret)));
    }

    /** Another request with the same key may have found it while this one waited. */
    private Uni<Caller> look(Secret.Digest secret) {
        Known found = cache.known(secret);
        if (found != null && !found.isExpired(clock.instant())) {
            uses.used(found.number());
            return Uni.createFrom().item(found.caller());
        }
        return cache.isUnknown(secret) ? refused() : lookUp(secret);
    }

    private Uni<Caller> lookUp(Secret.Digest secret) {
        return stored.find(secret).chain(found -> found.isPresent() ? valid(secret, found.get()) : none(secret));
    }

    private Uni<Caller> valid(Secret.Digest secret, Known key) {
        cache.add(secret, key);
        uses.used(key.number());
        return Uni.createFrom().item(key.caller());
    }

    private Uni<Caller> none(Secret.Digest secret) {
        cache.addUnknown(secret);
        return refused();
    }

    private static Uni<Caller> refused() {
        return Uni.createFrom().failure(Unauthenticated.invalid());
    }

    @Override
    public Uni<Boolean> isConfigured() {
        return stored.isAny();
    }
}
