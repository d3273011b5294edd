package dev.laurel.player;

import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Tenant;

/** The full key of a player: two tenants may have players with the same id. */
public record PlayerKey(Tenant tenant, String id) implements CacheKey {
    /**
     * A player of the running request's tenant.
     *
     * @throws dev.laurel.shared.LaurelException.InvalidInput when the id violates its rule, naming {@code player}
     */
    public static PlayerKey of(String id) {
        return new PlayerKey(CurrentTenant.get(), PlayerIds.require("player", id));
    }

    @Override
    public KeyAddress address() {
        return KeyAddress.ofPlayer(tenant, "player", id);
    }
}
