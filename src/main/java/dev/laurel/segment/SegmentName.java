package dev.laurel.segment;

import dev.laurel.group.GroupKey;
import dev.laurel.player.friend.Friends;
import dev.laurel.shared.Ids;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Tenant;
import dev.laurel.shared.Texts;

/**
 * The name of a segment: the members of a group ({@code class:7b}), the players with an attribute of a certain value
 * ({@code country:VN}), or a player with the friends the player has listed ({@code friends:ada}).
 *
 * @param kind the part before the first colon
 * @param value the rest
 */
record SegmentName(Tenant tenant, String kind, String value) {
    private static final int MAX_VALUE = 256;

    /** @throws InvalidInput when the text is no name of a segment, naming {@code segment} */
    static SegmentName parse(Tenant tenant, String text) {
        int colon = text.indexOf(':');
        if (colon > 0) {
            SegmentName name = new SegmentName(tenant, text.substring(0, colon), text.substring(colon + 1));
            if (name.isValid()) {
                return name;
            }
        }
        throw new InvalidInput(
                "segment",
                "must be a group such as class:7b, an attribute with its value such as country:VN, or friends: and the "
                        + "id of a player");
    }

    private boolean isValid() {
        return isFriends()
                ? PlayerIds.isValid(value)
                : Ids.isValid(kind)
                        && !value.isEmpty()
                        && value.codePointCount(0, value.length()) <= MAX_VALUE
                        && Texts.isSound(value);
    }

    boolean isFriends() {
        return Friends.SEGMENT.equals(kind);
    }

    /** Whether a group may have this name. */
    boolean isOfGroup() {
        return kind.length() <= GroupKey.MAX_KIND && Ids.isValid(value);
    }

    GroupKey group() {
        return new GroupKey(tenant, kind, value);
    }

    @Override
    public String toString() {
        return kind + ":" + value;
    }
}
