package dev.laurel.cache.registry;

import dev.laurel.shared.Tenant;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What a cached value is about, from the whole to the part. It begins with the number of a tenant, as in
 * {@code 1/player/ada}, or with something that has a number of its own over all tenants, as in {@code board/7}.
 *
 * @param player whom alone the value is about; null when it is about several, or none
 * @param group the same of a group, as in the names of segments: {@code class:7b}
 */
public record KeyAddress(String text, String player, String group) {
    private static final String SEPARATOR = "/";

    public static KeyAddress of(Object... parts) {
        return new KeyAddress(joined(parts), null, null);
    }

    public static KeyAddress ofTenant(Tenant tenant, Object... parts) {
        return of(tenant.id()).with(parts);
    }

    public static KeyAddress ofPlayer(Tenant tenant, String player) {
        return ofTenant(tenant, "player", player).about(player);
    }

    /** The address of something about a segment, such as a group. */
    public static KeyAddress ofSegment(String segment, Object... parts) {
        KeyAddress address = of("segment", segment);
        return new KeyAddress(parts.length == 0 ? address.text : address.with(parts).text, null, segment);
    }

    /** The same address, of something that is about one player. */
    public KeyAddress about(String onePlayer) {
        return new KeyAddress(text, onePlayer, group);
    }

    /** The address of a part of it. */
    public KeyAddress with(Object... parts) {
        return new KeyAddress(text + SEPARATOR + joined(parts), player, group);
    }

    private static String joined(Object... parts) {
        return Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining(SEPARATOR));
    }
}
