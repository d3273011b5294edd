package dev.laurel.group;

import dev.laurel.platform.tenant.CurrentTenant;
import dev.laurel.player.friend.Friends;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Tenant;

/**
 * The full key of a group.
 *
 * @param kind what the group is, such as {@code class}; an id without a colon
 * @param id unique within the kind
 */
public record GroupKey(Tenant tenant, String kind, String id) {
    /** Length of the longest kind, in characters. */
    public static final int MAX_KIND = 64;

    /** The rule for kinds as a regular expression, for documentation. */
    public static final String KIND_PATTERN = "[A-Za-z0-9][A-Za-z0-9._@|~+-]{0,63}";

    /**
     * A group of the running request's tenant.
     *
     * @throws InvalidInput when kind or id violate their rules, naming {@code kind} or {@code group}
     */
    public static GroupKey of(String kind, String id) {
        return new GroupKey(CurrentTenant.get(), requireKind(kind), Ids.require("group", id));
    }

    /** The name of the segment of its members. */
    public String segment() {
        return kind + ":" + id;
    }

    /** @throws InvalidInput when the kind violates its rule, naming {@code kind} */
    public static String requireKind(String kind) {
        if (kind == null) {
            throw new InvalidInput("kind", "is missing");
        }
        if (!isKind(kind)) {
            throw new InvalidInput(
                    "kind",
                    "must be 1 to " + MAX_KIND
                            + " characters of letters, digits and ._@|~+-, begin with a letter or digit, and not be "
                            + Friends.SEGMENT);
        }
        return kind;
    }

    private static boolean isKind(String kind) {
        return kind.length() <= MAX_KIND && kind.indexOf(':') < 0 && Ids.isValid(kind) && !Friends.SEGMENT.equals(kind);
    }
}
