package dev.laurel.access.tenant;

import dev.laurel.access.Caller;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Tenant;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A tenant that operators have registered, or the one that exists from the first start.
 *
 * @param name as credentials and operators say it
 * @param createdAt null for the one that exists from the first start
 */
public record RegisteredTenant(Tenant tenant, String name, TenantDefinition definition, Instant createdAt) {
    /** The rule for a name as a regular expression, for documentation. */
    public static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";

    private static final Pattern SOUND = Pattern.compile(NAME);

    /** @throws InvalidInput naming {@code name} when it violates the rule */
    public static String requireName(String name) {
        if (name == null || !SOUND.matcher(name).matches()) {
            throw new InvalidInput(
                    "name",
                    "must be 1 to 64 lower-case letters, digits, '.', '_' or '-', and begin with a letter or digit");
        }
        return name;
    }

    /** Whether it is the one whose administrators operate the service. */
    public boolean isDefault() {
        return Caller.DEFAULT_TENANT.equals(name);
    }
}
