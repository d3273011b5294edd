package dev.laurel.cache.registry;

import dev.laurel.shared.Tenant;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a cached value is about, from the whole to the part: tenant, feature, subject, view, as in
 * {@code default/analytics/ada/pomodoro/summary}. Everything goes by the names that operators know.
 *
 * @param player whom alone the value is about; null when it is about several, or none
 * @param group the same of a group, as in the names of segments: {@code class:7b}
 */
public record KeyAddress(String text, String player, String group) {
    private static final String SEPARATOR = "/";

    /** In place of the subject, of what is about all of a feature. */
    public static final String ALL = "*";

    /** The only tenant that has no number in the interface. */
    private static final String DEFAULT_TENANT = "default";

    /**
     * The address of something.
     *
     * @param feature whose value it is
     * @param parts the subject, and what is shown of it
     */
    public static KeyAddress of(Tenant tenant, String feature, Object... parts) {
        return new KeyAddress(joined(name(tenant), feature), null, null).with(parts);
    }

    /** The address of something about one player. */
    public static KeyAddress ofPlayer(Tenant tenant, String feature, String player, Object... parts) {
        return of(tenant, feature, player).with(parts).about(player);
    }

    /** The address of something about a segment, such as a group. */
    public static KeyAddress ofSegment(Tenant tenant, String feature, String segment, Object... parts) {
        return new KeyAddress(of(tenant, feature, segment).with(parts).text, null, segment);
    }

    private static String name(Tenant tenant) {
        return tenant.equals(Tenant.DEFAULT) ? DEFAULT_TENANT : String.valueOf(tenant.id());
    }

    /** The same address, of something that is about one player. */
    public KeyAddress about(String onePlayer) {
        return new KeyAddress(text, onePlayer, group);
    }

    /** The address of a part of it. */
    public KeyAddress with(Object... parts) {
        return parts.length == 0 ? this : new KeyAddress(text + SEPARATOR + joined(parts), player, group);
    }

    private static String joined(Object... parts) {
        return Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining(SEPARATOR));
    }
}
