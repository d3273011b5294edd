package dev.laurel.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.testing.TestTokens;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Which tokens are accepted. */
class TokenVerifierTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final KeyPair RSA = pair("RSA", 2048);
    private static final KeyPair EC = ec();
    private static final KeyPair ED = pair("Ed25519", 0);

    private final TokenVerifier verifier = new TokenVerifier(
            new TokenRules(TestTokens.ISSUER, List.of("other", TestTokens.AUDIENCE), Duration.ofSeconds(30)));

    @ParameterizedTest
    @CsvSource({
        AlgorithmIdentifiers.RSA_USING_SHA256,
        AlgorithmIdentifiers.RSA_USING_SHA512,
        AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
        AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
        AlgorithmIdentifiers.EDDSA
    })
    void signaturesByAsymmetricAlgorithmsAreAccepted(String algorithm) throws InvalidToken, MalformedClaimException {
        KeyPair pair = algorithm.startsWith("ES") ? EC : algorithm.equals("EdDSA") ? ED : RSA;
        String token = TestTokens.signed(valid(), algorithm, pair.getPrivate());

        assertThat(verifier.signature(token).getAlgorithmHeaderValue()).isEqualTo(algorithm);
        assertThat(verifier.verify(token, pair.getPublic(), NOW).getSubject()).isEqualTo("ann");
    }

    /** The public key is known to everyone: as the secret of an HMAC it would let everyone sign. */
    @Test
    void thePublicKeyIsNotASecret() {
        HmacKey known = new HmacKey(RSA.getPublic().getEncoded());
        String token = TestTokens.signed(valid(), AlgorithmIdentifiers.HMAC_SHA256, known);

        assertThatThrownBy(() -> verifier.signature(token)).isInstanceOf(InvalidToken.class);
        assertThatThrownBy(() -> verifier.verify(token, RSA.getPublic(), NOW)).isInstanceOf(InvalidToken.class);
        assertThatThrownBy(() -> verifier.verify(token, known, NOW)).isInstanceOf(InvalidToken.class);
    }

    @Test
    void noneIsNoSignature() {
        String token = TestTokens.unsigned(valid());

        assertThatThrownBy(() -> verifier.signature(token)).isInstanceOf(InvalidToken.class);
        assertThatThrownBy(() -> verifier.verify(token, RSA.getPublic(), NOW)).isInstanceOf(InvalidToken.class);
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void aClaimThatIsMissingOrWrongIsEnough(Consumer<JwtClaims> wrong) {
        JwtClaims claims = valid();
        wrong.accept(claims);
        String token = signed(claims);

        assertThatThrownBy(() -> verifier.verify(token, RSA.getPublic(), NOW)).isInstanceOf(InvalidToken.class);
    }

    static Stream<Consumer<JwtClaims>> wrongClaims() {
        return Stream.of(
                claims -> claims.setIssuer("https://issuer.example.evil"),
                claims -> claims.unsetClaim("iss"),
                claims -> claims.setAudience("laurel-admin"),
                claims -> claims.unsetClaim("aud"),
                claims -> claims.unsetClaim("sub"),
                claims -> claims.unsetClaim("exp"),
                claims -> claims.setExpirationTime(at(-31)),
                claims -> claims.setNotBefore(at(31)));
    }

    @Test
    void clocksMayBeApartByTheSkew() throws InvalidToken {
        JwtClaims claims = valid();
        claims.setExpirationTime(at(-29));
        claims.setNotBefore(at(-60));

        assertThat(verifier.verify(signed(claims), RSA.getPublic(), NOW)).isNotNull();
    }

    @Test
    void theSignatureOfAnotherKeyAndChangedClaimsAreRefused() {
        String token = signed(valid());
        String[] parts = token.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = parts[0] + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(claims.replace("ann", "bob").getBytes(StandardCharsets.UTF_8))
                + "." + parts[2];

        assertThatThrownBy(() -> verifier.verify(token, pair("RSA", 2048).getPublic(), NOW))
                .isInstanceOf(InvalidToken.class);
        assertThatThrownBy(() -> verifier.verify(token, EC.getPublic(), NOW)).isInstanceOf(InvalidToken.class);
        assertThatThrownBy(() -> verifier.verify(changed, RSA.getPublic(), NOW)).isInstanceOf(InvalidToken.class);
    }

    @ParameterizedTest
    @CsvSource({"eyJ", "eyJ.eyJ.", "..", "eyJhbGciOiJub25lIn0.e30.", "eyJ.a.b.c.d", "eyJhIjoxfQ.e30.AA"})
    void whatIsNoTokenIsRefused(String text) {
        assertThatThrownBy(() -> verifier.signature(text)).isInstanceOf(InvalidToken.class);
    }

    @Test
    void anIssuerWithoutAudienceIsRefused() {
        assertThatThrownBy(() -> new TokenRules("i", List.of(), Duration.ZERO)).hasMessageContaining("audience");
        assertThatThrownBy(() -> new TokenRules("i", List.of("a"), Duration.ofMinutes(6)))
                .hasMessageContaining("clock-skew");
    }

    @Test
    void publicKeysOfAllKindsAreReadFromText() {
        for (KeyPair pair : List.of(RSA, EC, ED)) {
            String pem = "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n";
            assertThat(PublicKeyText.read(pem)).isEqualTo(pair.getPublic());
        }
        assertThatThrownBy(() -> PublicKeyText.read("-----BEGIN PRIVATE KEY-----"))
                .hasMessageContaining("laurel.access.public-key");
        assertThatThrownBy(() -> PublicKeyText.read("/no/such/file")).hasMessageContaining("laurel.access.public-key");
    }

    private static String signed(JwtClaims claims) {
        return TestTokens.signed(claims, AlgorithmIdentifiers.RSA_USING_SHA256, RSA.getPrivate());
    }

    private static JwtClaims valid() {
        JwtClaims claims = TestTokens.claims("ann");
        claims.setIssuedAt(at(-60));
        claims.setExpirationTime(at(60));
        return claims;
    }

    private static NumericDate at(long seconds) {
        return NumericDate.fromSeconds(NOW.getEpochSecond() + seconds);
    }

    private static KeyPair pair(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair ec() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
