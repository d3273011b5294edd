package dev.laurel.web.groups;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.group.GroupOfPlayer;
import dev.laurel.group.Member;
import dev.laurel.group.MemberChange;
import dev.laurel.group.Memberships;
import dev.laurel.shared.LaurelException.InvalidInput;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** The JSON forms of memberships. */
public final class MembershipJson {
    private MembershipJson() {}

    /** A member of a group. */
    @Schema(name = "GroupMember")
    public record GroupMemberJson(
            String playerId,

            @Schema(description = "Since when the player has been a member")
            Instant joinedAt) {
        static GroupMemberJson of(Member member) {
            return new GroupMemberJson(member.playerId(), member.joinedAt());
        }
    }

    /** A group of a player. */
    @Schema(name = "GroupOfPlayer")
    public record GroupOfPlayerJson(
            String kind,
            String id,
            String title,

            @Schema(description = "Since when the player has been a member")
            Instant joinedAt) {
        static GroupOfPlayerJson of(GroupOfPlayer group) {
            return new GroupOfPlayerJson(group.key().kind(), group.key().id(), group.title(), group.joinedAt());
        }
    }

    /** A membership as a client writes it. */
    @Schema(name = "MembershipRequest")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record JoinRequest(
            @Schema(
                    format = "date-time",
                    examples = "2026-09-01T08:00:00Z",
                    description = "Since when the player has been a member; default: now, or as before")
            String joinedAt) {
        Instant instant() {
            if (joinedAt == null) {
                return null;
            }
            try {
                return OffsetDateTime.parse(joinedAt).toInstant();
            } catch (DateTimeException e) {
                throw new InvalidInput("joinedAt", "must be an RFC 3339 instant, such as 2026-09-01T08:00:00Z");
            }
        }
    }

    /** A change of many memberships. */
    @Schema(name = "MembersRequest")
    public record ChangeRequest(
            @Schema(
                    required = true,
                    implementation = MemberChange.class,
                    description = "Whether these players join, leave, or are the only members from now on")
            String change,

            @Schema(required = true, maxItems = Memberships.MAX_CHANGE, examples = "[\"alice\", \"bob\"]")
            List<String> playerIds) {
        MemberChange memberChange() {
            for (MemberChange one : MemberChange.values()) {
                if (one.name().equals(change)) {
                    return one;
                }
            }
            throw new InvalidInput("change", "must be ADD, REMOVE or REPLACE");
        }
    }

    /** The result of changing many memberships. */
    @Schema(name = "MembersChanged")
    public record Changed(
            @Schema(description = "Players who were not members before")
            long added,

            @Schema(description = "Players who are no longer members")
            long removed,

            @Schema(description = "Members after the change")
            long members) {
        static Changed of(Memberships.Changed changed) {
            return new Changed(changed.added(), changed.removed(), changed.members());
        }
    }
}
