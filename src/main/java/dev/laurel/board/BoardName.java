package dev.laurel.board;

import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.Tenant;
import io.vertx.mutiny.sqlclient.Row;

/** The full name of a board, unique among existing boards: two tenants may give theirs the same name. */
public record BoardName(Tenant tenant, String name) implements CacheKey {
    /** A board of the running request's tenant. */
    public static BoardName of(String name) {
        return new BoardName(CurrentTenant.get(), name);
    }

    /** The board named by a row with the columns {@code tenant_id} and {@code name}. */
    public static BoardName of(Row row) {
        return new BoardName(new Tenant(row.getShort("tenant_id")), row.getString("name"));
    }

    @Override
    public KeyAddress address() {
        return KeyAddress.of(tenant, "board", name);
    }
}
