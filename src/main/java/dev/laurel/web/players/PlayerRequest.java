package dev.laurel.web.players;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.player.Attributes;
import dev.laurel.player.Ban;
import dev.laurel.player.PlayerProfile;
import dev.laurel.player.Visibility;
import dev.laurel.shared.LaurelException.InvalidInput;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;

/** A player's profile as a client writes it; everything but the name is optional. */
@Schema(name = "PlayerProfile")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlayerRequest(
        @Schema(
                required = true,
                examples = "Ada Lovelace",
                minLength = 1,
                maxLength = PlayerProfile.MAX_NAME,
                description = "Shown to people")
        String displayName,

        @Schema(examples = "ada#1815", maxLength = 128, description = "Unique; by the rule for ids of players")
        String username,

        @Schema(
                examples = "https://example.org/ada.png",
                maxLength = PlayerProfile.MAX_URL,
                description = "Where a picture is found, by http or https")
        String avatarUrl,

        @Schema(
                examples = "{\"country\":\"GB\",\"level\":12,\"accepted_terms\":true}",
                maxProperties = Attributes.MAX,
                description = "Texts of at most 256 characters, numbers and booleans by name")
        Map<String, Object> attributes,

        @Schema(
                implementation = Visibility.class,
                defaultValue = "PUBLIC",
                description = "How others see the player: by name, under a neutral name, or not at all")
        String visibility,

        @Schema(description = "That the player may not play; left out when that is not so")
        BanRequest banned) {
    /** A profile as a client would write it. */
    static PlayerRequest of(PlayerProfile profile) {
        return new PlayerRequest(
                profile.displayName(),
                profile.username(),
                profile.avatarUrl(),
                profile.attributes(),
                profile.visibility().name(),
                profile.ban() == null ? null : BanRequest.of(profile.ban()));
    }

    /**
     * The profile described by the request.
     *
     * @throws InvalidInput naming every field that violates its rule
     */
    PlayerProfile profile() {
        return new PlayerProfile(
                displayName,
                username,
                avatarUrl,
                attributes == null ? Map.of() : attributes,
                visible(),
                banned == null ? null : banned.ban());
    }

    private Visibility visible() {
        if (visibility == null) {
            return Visibility.PUBLIC;
        }
        for (Visibility one : Visibility.values()) {
            if (one.name().equals(visibility)) {
                return one;
            }
        }
        throw new InvalidInput("visibility", "must be PUBLIC, ANONYMOUS or HIDDEN");
    }

    /** A ban as a client writes it. */
    @Schema(name = "Ban")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record BanRequest(
            @Schema(required = true, examples = "Cheating", minLength = 1, maxLength = Ban.MAX_REASON)
            String reason,

            @Schema(
                    format = "date-time",
                    examples = "2027-01-01T00:00:00Z",
                    description = "First instant at which the player may play again; never, when it is left out")
            String until) {
        static BanRequest of(Ban ban) {
            return new BanRequest(
                    ban.reason(), ban.until() == null ? null : ban.until().toString());
        }

        Ban ban() {
            return new Ban(reason, until == null ? null : instant(until));
        }

        private static Instant instant(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new InvalidInput("banned.until", "must be an RFC 3339 instant, such as 2027-01-01T00:00:00Z");
            }
        }
    }
}
