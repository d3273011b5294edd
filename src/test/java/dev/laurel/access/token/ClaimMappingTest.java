package dev.laurel.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.access.Caller;
import dev.laurel.access.Scope;
import dev.laurel.shared.LaurelException.Unauthenticated;
import dev.laurel.shared.Tenant;
import dev.laurel.testing.TestTokens;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which callers claims become. */
class ClaimMappingTest {
    private boolean several;

    private static final Tenant SCHOOL = new Tenant((short) 7);
    private static final Map<String, Tenant> TENANTS = Map.of("default", Tenant.DEFAULT, "school", SCHOOL);

    private final ClaimMapping mapping = mapping(names("scope", null));

    @Test
    void wordsAreScopesAndOthersAreIgnored() throws InvalidToken {
        Caller caller = mapping.caller(TestTokens.claims("ann", "openid read profile import root"));

        assertThat(caller.kind()).isEqualTo(Caller.Kind.TOKEN);
        assertThat(caller.name()).isEqualTo("ann");
        assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.IMPORT);
        assertThat(caller.player()).isEmpty();
        assertThat(mapping.caller(TestTokens.claims("ann")).scopes()).isEmpty();
    }

    /** Another application of the issuer may have administrators as well. */
    @Test
    void withAPrefixOnlyOurScopesCount() throws InvalidToken {
        ClaimMapping prefixed = mapping(names("realm_access.roles", "laurel:"));
        JwtClaims claims = TestTokens.claims("ann");
        claims.setClaim("realm_access", Map.of("roles", List.of("admin", "laurel:read", 7)));

        assertThat(prefixed.caller(claims).scopes()).containsExactly(Scope.READ);
    }

    @Test
    void aPlayerIsTheSubjectAndNeverSubmitsForOthers() throws InvalidToken {
        assertThat(mapping.caller(TestTokens.claims("ann", "player")).player()).contains("ann");

        Caller both = mapping.caller(TestTokens.claims("ann", "player write"));
        assertThat(both.scopes()).containsExactly(Scope.WRITE);
        assertThat(both.player()).isEmpty();
        assertThatThrownBy(() -> mapping.caller(TestTokens.claims("a".repeat(129), "player")))
                .isInstanceOf(InvalidToken.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "\ud800", " "})
    void aNameThatCouldForgeALineOfALogIsRefused(String subject) {
        assertThatThrownBy(() -> mapping.caller(TestTokens.claims(subject, "read")))
                .isInstanceOf(InvalidToken.class);
    }

    @Test
    void theTenantIsOneThatIsRegistered() throws InvalidToken {
        JwtClaims claims = TestTokens.claims("ann", "read");
        claims.unsetClaim("tenant");
        assertThat(mapping.caller(claims).tenant()).isEqualTo(Tenant.DEFAULT);
        several = true;
        assertThatThrownBy(() -> mapping.caller(claims))
                .isInstanceOf(Unauthenticated.class)
                .hasMessageContaining("the claim tenant");
        claims.setStringClaim("tenant", "school");
        assertThat(mapping.caller(claims).tenant()).isEqualTo(SCHOOL);
        assertThat(mapping.caller(claims).tenantName()).isEqualTo("school");
        claims.setStringClaim("tenant", "default");
        assertThat(mapping.caller(claims).tenantName()).isEqualTo("default");

        claims.setStringClaim("tenant", "other");
        assertThatThrownBy(() -> mapping.caller(claims)).isInstanceOf(InvalidToken.class);
        claims.setClaim("tenant", List.of("default"));
        assertThatThrownBy(() -> mapping.caller(claims)).isInstanceOf(InvalidToken.class);
    }

    private ClaimMapping mapping(ClaimsConfig names) {
        return new ClaimMapping(names, name -> Optional.ofNullable(TENANTS.get(name)), () -> several);
    }

    private static ClaimsConfig names(String scope, String prefix) {
        return new ClaimsConfig() {
            @Override
            public String scope() {
                return scope;
            }

            @Override
            public Optional<String> scopePrefix() {
                return Optional.ofNullable(prefix);
            }

            @Override
            public String tenant() {
                return "tenant";
            }

            @Override
            public String player() {
                return "sub";
            }
        };
    }
}
