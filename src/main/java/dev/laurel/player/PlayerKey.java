package dev.laurel.player;

import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Tenant;

/** What tells a player from all others: two tenants may have players of the same id. */
public record PlayerKey(Tenant tenant, String id) {
    /**
     * A player of the default tenant.
     *
     * @throws dev.laurel.shared.LaurelException.InvalidInput when the id breaks its rule, naming {@code player}
     */
    public static PlayerKey of(String id) {
        return new PlayerKey(Tenant.DEFAULT, PlayerIds.require("player", id));
    }
}
