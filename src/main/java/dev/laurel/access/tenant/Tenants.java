package dev.laurel.access.tenant;

import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.function.UnaryOperator;

/** Registering, changing and removing tenants, for those who operate the service. */
@ApplicationScoped
public class Tenants {
    private final TenantTable table;
    private final TenantRegistry registry;

    Tenants(TenantTable table, TenantRegistry registry) {
        this.table = table;
        this.registry = registry;
    }

    /**
     * Registers a tenant. The first one makes PostgreSQL tell tenants apart in every row that is written from then on, which
     * waits for the writes that are under way.
     *
     * @return fails with {@link Conflict} when there is one of that name, or no room for more
     */
    public Uni<RegisteredTenant> register(String name, TenantDefinition definition) {
        RegisteredTenant.requireName(name);
        return table.register(name, definition).call(registry::changed);
    }

    /** The tenant of a name; fails with {@link NotFound} when there is none. */
    public RegisteredTenant get(String name) {
        return registry.named(name).orElseThrow(() -> TenantRegistry.unknown());
    }

    /**
     * Changes what a tenant may have, or its title.
     *
     * @return fails with {@link NotFound} when there is none, with {@link Conflict} for the service's own
     */
    public Uni<RegisteredTenant> change(String name, UnaryOperator<TenantDefinition> work) {
        requireOther(name);
        return table.change(name, work).call(registry::changed);
    }

    /**
     * Removes a tenant: its keys are revoked, and no token can name it.
     *
     * @return fails with {@link NotFound} when there is none, with {@link Conflict} while it has boards or players, and for
     *     the service's own
     */
    public Uni<Void> remove(String name) {
        requireOther(name);
        return table.remove(name).call(registry::changed);
    }

    private void requireOther(String name) {
        if (get(name).isDefault()) {
            throw new Conflict("Tenant " + name + " is the service's own: it has no quotas, and stays");
        }
    }
}
