package dev.laurel.web.challenges;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.challenge.ClearedReads;
import dev.laurel.challenge.ClearedReads.ClearedByPlayer;
import dev.laurel.challenge.ClearedReads.ClearedVariant;
import dev.laurel.challenge.ClearedReads.Clearing;
import dev.laurel.challenge.ClearedReads.PlayerTotal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The JSON forms of who has cleared what. */
final class ClearedJson {
    private ClearedJson() {}

    /** Every variant of every challenge. */
    @Schema(name = "ClearedVariants")
    record ClearedList(List<ClearedVariantJson> items) {
        static ClearedList of(List<ClearedVariant> found) {
            return new ClearedList(found.stream().map(ClearedVariantJson::of).toList());
        }
    }

    /** A variant and how many players have cleared it. */
    @Schema(name = "ClearedVariant")
    record ClearedVariantJson(
            String challenge,
            String variant,
            @Schema(description = "Earned by clearing it") int points,

            @Schema(description = "How many have cleared it")
            long players,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "The first who did; missing when nobody has")
            FirstJson first) {
        static ClearedVariantJson of(ClearedVariant one) {
            FirstJson first = one.firstPlayer() == null ? null : new FirstJson(one.firstPlayer(), one.firstAt());
            return new ClearedVariantJson(one.challenge(), one.variant(), one.points(), one.players(), first);
        }
    }

    /** The first who cleared a variant. */
    @Schema(name = "FirstClearing")
    record FirstJson(String playerId, Instant at) {}

    /** What a player has cleared. */
    @Schema(name = "PlayerCleared")
    record PlayerClearedJson(
            String playerId,
            @Schema(description = "How many variants") long cleared,
            @Schema(description = "Earned by clearing them") long points,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "In the order of challenges and variants; only where they are asked for")
            List<ItemJson> items) {
        static PlayerClearedJson of(ClearedByPlayer found) {
            return new PlayerClearedJson(
                    found.playerId(),
                    found.items().size(),
                    found.points(),
                    found.items().stream().map(ItemJson::of).toList());
        }

        static PlayerClearedJson of(PlayerTotal total) {
            return new PlayerClearedJson(total.playerId(), total.cleared(), total.points(), null);
        }
    }

    /** A variant that a player has cleared. */
    @Schema(name = "ClearedItem")
    record ItemJson(
            String challenge,
            String variant,
            int points,
            Instant clearedAt,

            @Schema(description = "The earliest that clears it")
            UUID submission) {
        static ItemJson of(Clearing one) {
            return new ItemJson(one.challenge(), one.variant(), one.points(), one.at(), one.submission());
        }
    }

    /** The players of a lookup. */
    @Schema(name = "ClearedLookupRequest")
    record LookupRequest(
            @Schema(
                    required = true,
                    minItems = 1,
                    maxItems = ClearedReads.MAX_PLAYERS,
                    examples = "[\"alice\",\"bob\"]")
            List<String> playerIds,

            @Schema(
                    defaultValue = "false",
                    description = "Whether to name what each has cleared, for at most 100 players")
            Boolean items) {
        boolean withItems() {
            return items != null && items;
        }
    }

    /** What the players of a lookup have cleared. */
    @Schema(name = "ClearedLookup")
    record Lookup(
            @Schema(description = "In the order of their ids")
            List<PlayerClearedJson> players,

            @Schema(description = "Requested, but without anything cleared")
            List<String> missing) {
        static Lookup of(LookupRequest asked, List<PlayerClearedJson> players) {
            Set<String> found = new HashSet<>();
            players.forEach(player -> found.add(player.playerId()));
            return new Lookup(
                    players,
                    asked.playerIds().stream()
                            .distinct()
                            .filter(id -> !found.contains(id))
                            .toList());
        }
    }
}
