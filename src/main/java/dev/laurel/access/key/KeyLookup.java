package dev.laurel.access.key;

import dev.laurel.access.key.KeyCache.Known;
import dev.laurel.access.tenant.TenantRegistry;
import dev.laurel.platform.postgres.Sessions;
import dev.laurel.platform.postgres.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keys as they are stored now: those that can be used, of tenants that there are. */
@ApplicationScoped
class KeyLookup {
    private static final String ANY = "SELECT EXISTS (SELECT FROM access_key)";

    private final KeyRepository rows;
    private final TenantRegistry tenants;
    private final Sessions sessions;
    private final Sql sql;
    private final Clock clock;

    KeyLookup(KeyRepository rows, TenantRegistry tenants, Sessions sessions, Sql sql, Clock clock) {
        this.rows = rows;
        this.tenants = tenants;
        this.sessions = sessions;
        this.sql = sql;
        this.clock = clock;
    }

    /** The key of a secret; empty when there is none that can be used. */
    Uni<Optional<Known>> find(String secret) {
        return sessions.reading(() -> rows.row(secret).onItem().ifNotNull().transform(KeyEntity::key))
                .chain(key -> key != null && key.isValid(clock.instant())
                        ? tenants.find(key.tenant()).map(tenant -> tenant.map(found -> Known.of(key, found.name())))
                        : Uni.createFrom().item(Optional.empty()));
    }

    /** Those of some keys that can still be used, by the numbers of their rows. */
    Uni<Map<Long, Known>> find(Collection<Long> numbers) {
        return sessions.reading(() -> rows.rows(numbers).map(found -> found.stream()
                .map(KeyEntity::key)
                .filter(key -> key.isValid(clock.instant()))
                .flatMap(key -> tenants.of(key.tenant()).map(tenant -> Known.of(key, tenant.name())).stream())
                .collect(Collectors.toMap(Known::number, Function.identity()))));
    }

    /**
     * Whether there has ever been a key: a service does not open by itself when the last one has expired. Without Hibernate, which
     * becomes ready while the service starts.
     */
    Uni<Boolean> isAny() {
        return sql.runForJob(ANY).map(found -> found.iterator().next().getBoolean(0));
    }
}
