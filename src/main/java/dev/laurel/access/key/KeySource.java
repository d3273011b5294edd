package dev.laurel.access.key;

import dev.laurel.access.Caller;
import dev.laurel.access.CallerSource;
import dev.laurel.access.Credential;
import dev.laurel.access.key.KeyCache.Known;
import dev.laurel.access.tenant.RegisteredTenant;
import dev.laurel.access.tenant.TenantRegistry;
import dev.laurel.platform.async.Bulkhead;
import dev.laurel.platform.postgres.Sessions;
import dev.laurel.platform.postgres.Sql;
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

    /**
     * Whether there has ever been a key: a service does not open by itself when the last one has expired. Without Hibernate, which
     * becomes ready while the service starts.
     */
    private static final String ANY = "SELECT EXISTS (SELECT FROM access_key)";

    private final KeyCache cache;
    private final KeyChanges changes;
    private final KeyUses uses;
    private final KeyRepository rows;
    private final TenantRegistry tenants;
    private final Sessions sessions;
    private final Sql sql;
    private final Clock clock;
    private final Bulkhead lookups = new Bulkhead(LOOKUPS, WAITING, "Too many unknown keys are being looked up");

    KeySource(
            KeyCache cache,
            KeyChanges changes,
            KeyUses uses,
            KeyRepository rows,
            TenantRegistry tenants,
            Sessions sessions,
            Sql sql,
            Clock clock) {
        this.cache = cache;
        this.changes = changes;
        this.uses = uses;
        this.rows = rows;
        this.tenants = tenants;
        this.sessions = sessions;
        this.sql = sql;
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
        return sessions.reading(() -> rows.row(secret).onItem().ifNotNull().transform(KeyEntity::key))
                .chain(found -> found != null && found.isValid(clock.instant()) ? valid(secret, found) : none(secret));
    }

    /** The key of a tenant that was removed is none. */
    private Uni<Caller> valid(Secret.Digest secret, ApiKey key) {
        return tenants.find(key.tenant())
                .chain(tenant -> tenant.isPresent() ? valid(secret, key, tenant.get()) : none(secret));
    }

    private Uni<Caller> valid(Secret.Digest secret, ApiKey key, RegisteredTenant tenant) {
        Known known = Known.of(key, tenant.name());
        cache.add(secret, known);
        uses.used(known.number());
        return Uni.createFrom().item(known.caller());
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
        return sql.runForJob(ANY).map(rows -> rows.iterator().next().getBoolean(0));
    }
}
