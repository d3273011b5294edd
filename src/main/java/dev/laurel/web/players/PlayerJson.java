package dev.laurel.web.players;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.player.Ban;
import dev.laurel.player.Player;
import dev.laurel.player.Visibility;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.Map;

/**
 * The JSON form of a player's record.
 *
 * @param banned absent when the player never was, present even after the ban has ended
 */
@Schema(name = "Player")
public record PlayerJson(
        String id,
        String displayName,
        @JsonInclude(JsonInclude.Include.NON_NULL) String username,
        @JsonInclude(JsonInclude.Include.NON_NULL) String avatarUrl,

        @Schema(description = "Texts, numbers and booleans by name")
        Map<String, Object> attributes,

        Visibility visibility,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Missing when the player is not banned; still there when the ban is over")
        BanJson banned,

        Instant createdAt,
        Instant updatedAt) {
    static PlayerJson of(Player player) {
        return new PlayerJson(
                player.key().id(),
                player.profile().displayName(),
                player.profile().username(),
                player.profile().avatarUrl(),
                player.profile().attributes(),
                player.profile().visibility(),
                player.profile().ban() == null
                        ? null
                        : BanJson.of(player.profile().ban()),
                player.createdAt(),
                player.updatedAt());
    }

    /** The JSON form of a ban. */
    @Schema(name = "PlayerBan")
    public record BanJson(
            String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL)
            @Schema(description = "First instant at which the player may play again; missing when that is never")
            Instant until) {
        static BanJson of(Ban ban) {
            return new BanJson(ban.reason(), ban.until());
        }
    }
}
