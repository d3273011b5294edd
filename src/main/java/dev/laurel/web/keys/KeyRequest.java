package dev.laurel.web.keys;

import dev.laurel.access.BoardPatterns;
import dev.laurel.access.Caller;
import dev.laurel.access.Scope;
import dev.laurel.access.key.NewKey;
import dev.laurel.access.tenant.TenantRegistry;
import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Tenant;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A key as a client orders it. */
@Schema(name = "ApiKeyOrder")
public record KeyRequest(
        @Schema(
                required = true,
                examples = "game server",
                minLength = 1,
                maxLength = 80,
                description = "What it is for; several keys may have the same")
        String name,

        @Schema(
                required = true,
                minItems = 1,
                examples = "[\"read\", \"write\"]",
                description = "What it allows: read, write, player, import or admin, which allows everything")
        List<String> scopes,

        @Schema(
                description =
                        "Whose boards it is for; default: that of the caller. Administrators of the tenant default may "
                                + "name any tenant, all others only their own",
                examples = "default")
        String tenant,

        @Schema(
                maxItems = BoardPatterns.MAX,
                examples = "[\"team-*\"]",
                description = "Names of boards in which * stands for any characters; default: all boards")
        List<String> boards,

        @Schema(
                type = SchemaType.STRING,
                minLength = 1,
                maxLength = 128,
                pattern = PlayerIds.PATTERN,
                description = "Whom it submits as; required with the scope player, and not taken without it")
        String player,

        @Schema(
                type = SchemaType.STRING,
                format = "date-time",
                examples = "2099-01-01T00:00:00Z",
                description = "When it can no longer be used; default: never")
        String expiresAt) {
    NewKey order(Caller by, TenantRegistry tenants) {
        Tenant owner = tenants.meant(by, tenant);
        return new NewKey(
                owner,
                name,
                scopeSet(),
                boardPatterns(),
                Optional.ofNullable(player),
                // Another tenant need not know who operates the service; the audit log of the operator's tenant has it.
                owner.equals(by.tenant()) ? by.name() : "operator",
                expiresAt == null ? Optional.empty() : Optional.of(instant()));
    }

    private Set<Scope> scopeSet() {
        Set<Scope> set = EnumSet.noneOf(Scope.class);
        List<FieldError> errors = new ArrayList<>();
        List<String> named = scopes == null ? List.of() : scopes;
        for (int i = 0; i < named.size(); i++) {
            String field = "scopes[" + i + "]";
            Optional.ofNullable(named.get(i))
                    .flatMap(Scope::of)
                    .ifPresentOrElse(
                            set::add,
                            () -> errors.add(
                                    new FieldError(field, "must be one of " + String.join(", ", Scope.texts()))));
        }
        if (!errors.isEmpty()) {
            throw new InvalidInput(errors);
        }
        return set;
    }

    private BoardPatterns boardPatterns() {
        if (boards == null) {
            return BoardPatterns.ALL;
        }
        if (boards.isEmpty()) {
            throw new InvalidInput("boards", "must name at least one pattern, or be left out for all boards");
        }
        return BoardPatterns.of(boards);
    }

    private Instant instant() {
        try {
            return Instant.parse(expiresAt);
        } catch (DateTimeParseException e) {
            throw new InvalidInput("expiresAt", "must be an instant, such as 2099-01-01T00:00:00Z");
        }
    }
}
