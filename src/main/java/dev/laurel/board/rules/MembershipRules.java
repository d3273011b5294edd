package dev.laurel.board.rules;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.Ids;

import java.util.List;
import java.util.Set;

/**
 * What a board wants of groups and segments.
 *
 * @param segments kinds of groups and names of attributes whose large groups and values have rankings of their own, at
 *     most {@value #MAX_SEGMENTS}; others are limited in size
 * @param groupPoints where points count when a player changes groups
 */
public record MembershipRules(List<String> segments, GroupPoints groupPoints) {
    /** No large segments, and points that move with the player. */
    public static final MembershipRules NONE = new MembershipRules(List.of(), GroupPoints.MOVE);

    /** Maximum number of declared kinds. */
    public static final int MAX_SEGMENTS = 8;

    /** Lists of friends are short. */
    private static final String FRIENDS = "friends";

    public MembershipRules {
        segments = List.copyOf(segments);
    }

    /** For which groups the points of a player count. */
    public enum GroupPoints {
        /** All of them, for the groups that the player belongs to now. */
        MOVE,
        /** Each for the groups that the player belonged to when it was earned. */
        STAY
    }

    /** Whether any large segments are declared, so that changes of standings are logged. */
    public boolean hasSegments() {
        return !segments.isEmpty();
    }

    /** The rules of these rules: adds an error for every field that violates its own. */
    public void check(List<FieldError> errors) {
        if (segments.size() > MAX_SEGMENTS
                || Set.copyOf(segments).size() != segments.size()
                || !segments.stream().allMatch(name -> Ids.isValid(name) && !FRIENDS.equals(name))) {
            errors.add(new FieldError(
                    "segments",
                    "must be at most " + MAX_SEGMENTS + " different kinds of groups or names of attributes"));
        }
    }
}
