package dev.laurel.segment;

import dev.laurel.group.MembershipReads;
import dev.laurel.platform.async.OffLoop;
import dev.laurel.player.PlayerKey;
import dev.laurel.player.PlayersByAttribute;
import dev.laurel.player.friend.Friends;
import dev.laurel.segment.Segments.Members;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the members of segments from PostgreSQL. A group takes precedence over an attribute of the same name. */
@ApplicationScoped
class SegmentMembers {
    /** No id has it. */
    private static final byte END = 0;

    private final MembershipReads memberships;
    private final PlayersByAttribute players;
    private final Friends friends;

    SegmentMembers(MembershipReads memberships, PlayersByAttribute players, Friends friends) {
        this.memberships = memberships;
        this.players = players;
        this.friends = friends;
    }

    /**
     * The members of a segment, one more than allowed if there are too many.
     *
     * @param most as many as are allowed
     */
    Uni<Members> of(SegmentName name, int most) {
        if (name.isFriends()) {
            return withFriends(name).chain(players -> ordered(name, false, players));
        }
        return ofGroup(name, most)
                .chain(group -> group.isPresent()
                        ? ordered(name, true, group.get())
                        : withAttribute(name, most).chain(players -> ordered(name, false, players)));
    }

    private static Uni<Members> ordered(SegmentName name, boolean isGroup, List<String> found) {
        return OffLoop.ifLarge(found == null ? 0 : found.size(), () -> members(name, isGroup, found));
    }

    private static Members members(SegmentName name, boolean isGroup, List<String> found) {
        if (found == null) {
            return new Members(name.toString(), isGroup, 0, null);
        }
        List<String> players = found.stream().sorted().toList();
        return new Members(name.toString(), isGroup, digest(players), players);
    }

    /** 64 bits of a SHA-256. */
    private static long digest(List<String> players) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String player : players) {
                digest.update(player.getBytes(StandardCharsets.UTF_8));
                digest.update(END);
            }
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Uni<List<String>> withFriends(SegmentName name) {
        return friends.of(new PlayerKey(name.tenant(), name.value())).map(listed -> {
            List<String> all = new ArrayList<>(listed);
            all.add(name.value());
            return all;
        });
    }

    private Uni<Optional<List<String>>> ofGroup(SegmentName name, int most) {
        return name.isOfGroup()
                ? memberships.playersOf(name.group(), most + 1)
                : Uni.createFrom().item(Optional.empty());
    }

    private Uni<List<String>> withAttribute(SegmentName name, int most) {
        return players.ids(name.tenant(), name.kind(), name.value(), most + 1)
                .map(found -> found.isEmpty() ? null : found);
    }
}
