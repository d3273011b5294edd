package dev.laurel.web.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.laurel.access.Scope;
import dev.laurel.access.key.ApiKey;
import dev.laurel.access.key.Keys;
import dev.laurel.access.tenant.RegisteredTenant;
import dev.laurel.access.tenant.TenantRegistry;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.List;

/** A key as clients see it. */
@Schema(name = "ApiKey")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeyJson(
        @Schema(description = "Public; revokes the key", examples = "7f3a90c2d1e4b586")
        String id,

        @Schema(examples = "game server") String name,

        @Schema(description = "Whose boards it is for", examples = "default")
        String tenant,

        @Schema(examples = "[\"read\", \"write\"]") List<String> scopes,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(
                description = "The boards that it is limited to; missing where it is for all",
                examples = "[\"team-*\"]")
        List<String> boards,

        @Schema(description = "Whom it submits as, with the scope player", examples = "alice")
        String player,

        @Schema(
                description =
                        "The key or subject that has made it; open in a service without keys, operator where an operator of the "
                                + "service has made it for another tenant",
                examples = "open")
        String createdBy,

        Instant createdAt,

        @Schema(description = "Missing when it does not expire")
        Instant expiresAt,

        @Schema(description = "To within some minutes; missing when it was never used")
        Instant lastUsedAt,

        @Schema(description = "Missing while it can be used")
        Instant revokedAt) {
    static KeyJson of(ApiKey key, TenantRegistry tenants) {
        return new KeyJson(
                key.id(),
                key.name(),
                tenants.of(key.tenant()).map(RegisteredTenant::name).orElse(null),
                Scope.ordered(key.scopes()).stream().map(Scope::text).toList(),
                key.boards().patterns(),
                key.player().orElse(null),
                key.createdBy(),
                key.createdAt(),
                key.expiresAt().orElse(null),
                key.lastUsedAt().orElse(null),
                key.revokedAt().orElse(null));
    }

    /** A key that was just made, with what its owner sends. */
    @Schema(name = "NewApiKey")
    public record CreatedJson(
            @Schema(
                    description = "The secret: shown this once, and kept nowhere",
                    examples = "laurel_00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")
            String key,

            @Schema(description = "What is known of it from now on")
            KeyJson details) {
        static CreatedJson of(Keys.Created created, TenantRegistry tenants) {
            return new CreatedJson(created.secret(), KeyJson.of(created.key(), tenants));
        }

        @Override
        public String toString() {
            return "CreatedJson[" + details + "]";
        }
    }
}
