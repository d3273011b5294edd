package dev.laurel.segment;

import dev.laurel.group.MembershipReads;
import dev.laurel.player.Friends;
import dev.laurel.player.PlayerKey;
import dev.laurel.player.PlayersByAttribute;
import dev.laurel.segment.Segments.Members;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Reads the members of segments from PostgreSQL. A group takes precedence over an attribute of the same name. */
@ApplicationScoped
class SegmentMembers {
    private final MembershipReads memberships;
    private final PlayersByAttribute players;
    private final Friends friends;
    private final SegmentConfig config;
    private final AtomicLong versions = new AtomicLong();

    SegmentMembers(
            MembershipReads memberships, PlayersByAttribute players, Friends friends, SegmentConfig config) {
        this.memberships = memberships;
        this.players = players;
        this.friends = friends;
        this.config = config;
    }

    /** The members of a segment, one more than allowed if there are too many. */
    Uni<Members> of(SegmentName name) {
        if (name.isFriends()) {
            return withFriends(name).map(players -> members(name, false, players));
        }
        return ofGroup(name).chain(group -> group.isPresent()
                ? Uni.createFrom().item(members(name, true, group.get()))
                : withAttribute(name).map(players -> members(name, false, players)));
    }

    private Members members(SegmentName name, boolean isGroup, List<String> players) {
        return new Members(name.toString(), isGroup, versions.incrementAndGet(), players);
    }

    private Uni<List<String>> withFriends(SegmentName name) {
        return friends.of(new PlayerKey(name.tenant(), name.value())).map(listed -> {
            List<String> all = new ArrayList<>(listed);
            all.add(name.value());
            return all;
        });
    }

    private Uni<Optional<List<String>>> ofGroup(SegmentName name) {
        return name.isOfGroup()
                ? memberships.playersOf(name.group(), config.members() + 1)
                : Uni.createFrom().item(Optional.empty());
    }

    private Uni<List<String>> withAttribute(SegmentName name) {
        return players.ids(name.tenant(), name.kind(), name.value(), config.members() + 1)
                .map(found -> found.isEmpty() ? null : found);
    }
}
