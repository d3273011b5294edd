package dev.laurel.achievement;

import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.Ids;
import dev.laurel.shared.Tenant;

/** The full key of an achievement: two tenants may have achievements with the same id. */
public record AchievementKey(Tenant tenant, String id) implements CacheKey {
    /**
     * An achievement of the running request's tenant.
     *
     * @throws dev.laurel.shared.LaurelException.InvalidInput when the id violates its rule, naming {@code achievement}
     */
    public static AchievementKey of(String id) {
        return new AchievementKey(CurrentTenant.get(), Ids.require("achievement", id));
    }

    @Override
    public KeyAddress address() {
        return KeyAddress.of(tenant, "achievement", id);
    }
}
