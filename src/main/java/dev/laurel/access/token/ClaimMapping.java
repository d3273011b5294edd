package dev.laurel.access.token;

import dev.laurel.access.BoardPatterns;
import dev.laurel.access.Caller;
import dev.laurel.access.Scope;
import dev.laurel.shared.LaurelException.Unauthenticated;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Tenant;
import dev.laurel.shared.Texts;
import org.jose4j.jwt.JwtClaims;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Makes callers of claims. */
final class ClaimMapping {
    private static final int MAX_NAME = 255;
    private static final String SUBJECT = "sub";

    private final ClaimsConfig names;
    private final Function<String, Optional<Tenant>> tenants;
    private final BooleanSupplier several;
    private final String prefix;

    /**
     * @param tenants the registered ones, by name
     * @param several whether there are others than the default one
     */
    ClaimMapping(ClaimsConfig names, Function<String, Optional<Tenant>> tenants, BooleanSupplier several) {
        this.names = names;
        this.several = several;
        this.tenants = tenants;
        this.prefix = names.scopePrefix().orElse("");
    }

    /** The caller; one without a scope of ours is still known, and may do nothing. */
    Caller caller(JwtClaims claims) throws InvalidToken {
        Map<String, Object> all = claims.getClaimsMap();
        String tenantName = tenantName(value(all, names.tenant()));
        Tenant tenant = tenants.apply(tenantName).orElseThrow(InvalidToken::new);
        Set<Scope> scopes = scopes(value(all, names.scope()));
        // A caller who may submit for everyone is not one player.
        if (scopes.contains(Scope.WRITE) || scopes.contains(Scope.ADMIN)) {
            scopes.remove(Scope.PLAYER);
        }
        Optional<String> player =
                scopes.contains(Scope.PLAYER) ? Optional.of(player(value(all, names.player()))) : Optional.empty();
        return new Caller(
                Caller.Kind.TOKEN, name(all.get(SUBJECT)), tenant, tenantName, scopes, BoardPatterns.ALL, player);
    }

    /** By its whole name, or level by level. */
    private static Object value(Map<String, Object> claims, String name) {
        if (claims.containsKey(name)) {
            return claims.get(name);
        }
        Object at = claims;
        for (String part : name.split("\\.")) {
            at = at instanceof Map<?, ?> object ? object.get(part) : null;
        }
        return at;
    }

    /** Where there are several, a claim that the issuer forgets must not make an operator of somebody. */
    private String tenantName(Object claim) throws InvalidToken {
        if (claim == null) {
            if (several.getAsBoolean()) {
                throw Unauthenticated.lacks(names.tenant());
            }
            return Caller.DEFAULT_TENANT;
        }
        if (claim instanceof String name) {
            return name;
        }
        throw new InvalidToken();
    }

    private Set<Scope> scopes(Object claim) {
        Collection<?> words =
                claim instanceof Collection<?> list ? list : claim instanceof String text ? words(text) : List.of();
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (Object word : words) {
            if (word instanceof String text && text.startsWith(prefix)) {
                Scope.of(text.substring(prefix.length())).ifPresent(scopes::add);
            }
        }
        return scopes;
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.split(" "));
    }

    private static String player(Object claim) throws InvalidToken {
        if (claim instanceof String id && PlayerIds.isValid(id)) {
            return id;
        }
        throw new InvalidToken();
    }

    /** For logs: none can begin a line of its own. */
    private static String name(Object subject) throws InvalidToken {
        if (subject instanceof String text
                && !text.isBlank()
                && text.length() <= MAX_NAME
                && Texts.isSound(text)
                && text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        throw new InvalidToken();
    }
}
