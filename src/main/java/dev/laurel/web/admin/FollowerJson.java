package dev.laurel.web.admin;

import dev.laurel.feed.AsideItem;
import dev.laurel.feed.FollowerState;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;

/** The JSON forms of followers. */
final class FollowerJson {
    private FollowerJson() {}

    /** All followers. */
    @Schema(name = "Followers")
    record FollowersJson(List<StateJson> followers) {
        static FollowersJson of(List<FollowerState> states) {
            return new FollowersJson(states.stream().map(StateJson::of).toList());
        }
    }

    /** One follower, over all processes. */
    @Schema(name = "Follower")
    record StateJson(
            @Schema(examples = "board-days") String follower,

            @Schema(enumeration = {"EVENTS", "CLOSINGS", "CHANGES"})
            String feed,

            @Schema(
                    description =
                            "RETRYING while a batch fails; STOPPED when too many items have been put aside; UNKNOWN for "
                                    + "one that this version of the service does not have")
            FollowerState.State state,

            @Schema(description = "Items that it has not processed yet, counted up to 10,000 in each of 16 shards")
            long lagItems,

            @Schema(description = "Seconds since the oldest of them was accepted; 0 when there is none")
            long lagSeconds,

            @Schema(description = "Items put aside after repeated failures")
            long aside,

            @Schema(description = "Tries of a batch that fails now; 0 when none does")
            int attempts,

            @Schema(nullable = true, description = "Why the last of them failed")
            String failure,

            @Schema(nullable = true) Instant failedAt,

            @Schema(nullable = true, description = "When it last processed something")
            Instant movedAt) {
        static StateJson of(FollowerState state) {
            return new StateJson(
                    state.name(),
                    state.feed(),
                    state.state(),
                    state.lagItems(),
                    state.lagSeconds(),
                    state.aside(),
                    state.attempts(),
                    state.failure(),
                    state.failedAt(),
                    state.movedAt());
        }
    }

    /** An item that was put aside. */
    @Schema(name = "AsideItem")
    record ItemJson(
            @Schema(description = "Id of the item, for a retry")
            long item,

            @Schema(description = "Number of the event, the closing or the change")
            long number,

            @Schema(nullable = true, description = "Null when it belongs to no board, or the board is deleted")
            String board,

            @Schema(description = "Why the last try failed") String failure,
            @Schema(description = "Tries by administrators") int retries,
            Instant asideAt) {
        static ItemJson of(AsideItem item) {
            return new ItemJson(item.id(), item.number(), item.board(), item.failure(), item.retries(), item.asideAt());
        }
    }

    /** The result of a retry. */
    @Schema(name = "RetriedItem")
    record RetriedJson(
            String follower,
            long item,

            @Schema(description = "False when the item is not kept any more; it has been taken off the list")
            boolean done) {}
}
