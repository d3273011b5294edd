package dev.laurel.challenge;

import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Tenant;

import java.util.Set;

/** The full key of a challenge: two tenants may have challenges with the same id. */
public record ChallengeKey(Tenant tenant, String id) implements CacheKey {
    /** Names of other things at the same place of a URL. */
    private static final Set<String> TAKEN = Set.of("cleared", "players");

    /**
     * A challenge of the running request's tenant.
     *
     * @throws InvalidInput when the id violates its rule, naming {@code challenge}
     */
    public static ChallengeKey of(String id) {
        if (TAKEN.contains(id)) {
            throw new InvalidInput(
                    "challenge",
                    "must not be one of "
                            + String.join(", ", TAKEN.stream().sorted().toList()));
        }
        return new ChallengeKey(CurrentTenant.get(), Ids.require("challenge", id));
    }

    @Override
    public KeyAddress address() {
        return KeyAddress.of(tenant, "challenge", id);
    }
}
