package dev.laurel.access.key;

import dev.laurel.access.Caller;
import dev.laurel.access.CallerSource;
import dev.laurel.access.Credential;
import dev.laurel.access.key.KeyCache.Known;
import dev.laurel.access.tenant.TenantRegistry;
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
    private final TenantRegistry tenants;
    private final Clock clock;
    private final Bulkhead lookups = new Bulkhead(LOOKUPS, WAITING, "Too many unknown keys are being looked up");

    KeySource(KeyCache cache, KeyChanges changes, KeyUses uses, KeyLookup stored, TenantRegistry tenants, Clock clock) {
        this.cache = cache;
        this.changes = changes;
        this.uses = uses;
        this.stored = stored;
        this.tenants = tenants;
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
        Known key = inMemory(credential.secret());
        if (key == null) {
            return Optional.empty();
        }
        uses.used(key.number());
        return Optional.of(key.caller());
    }

    /** The key of a secret that is in memory and can be used; null when there is none. */
    private Known inMemory(String secret) {
        Known own = cache.known(Secret.digest(secret));
        Known key = own == null ? cache.known(Secret.digestOfOthers(secret)) : own;
        return key == null
                        || key.isExpired(clock.instant())
                        || !tenants.isThere(key.caller().tenant())
                ? null
                : key;
    }

    @Override
    public boolean isKnownWrong(Credential credential) {
        return !Secret.isOne(credential.secret()) || cache.isUnknown(Secret.digest(credential.secret()));
    }

    @Override
    public boolean wasValid(Credential credential) {
        return cache.known(Secret.digest(credential.secret())) != null;
    }

    @Override
    public Uni<Caller> find(Credential credential) {
        String secret = credential.secret();
        return !Secret.isOne(secret) || cache.isUnknown(Secret.digest(secret))
                ? refused()
                : lookups.run(Uni.createFrom().deferred(() -> look(secret)));
    }

    /** Another request with the same key may have found it while this one waited. */
    private Uni<Caller> look(String secret) {
        Known found = changes.isTrusted() ? inMemory(secret) : null;
        if (found != null) {
            uses.used(found.number());
            return Uni.createFrom().item(found.caller());
        }
        return cache.isUnknown(Secret.digest(secret)) ? refused() : lookUp(secret);
    }

    private Uni<Caller> lookUp(String secret) {
        return stored.find(secret).chain(found -> found.isPresent() ? valid(secret, found.get()) : none(secret));
    }

    private Uni<Caller> valid(String secret, Known key) {
        cache.add(Secret.digest(secret, key.caller().tenant()), key);
        uses.used(key.number());
        return Uni.createFrom().item(key.caller());
    }

    private Uni<Caller> none(String secret) {
        cache.addUnknown(Secret.digest(secret));
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
