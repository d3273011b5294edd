package dev.laurel.testing;

import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Tokens of the issuer that the tested service accepts. Its key protects nothing: it is for tests alone. */
public final class TestTokens {
    public static final String ISSUER = "https://issuer.example";
    public static final String AUDIENCE = "laurel";

    private static final String KEY = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgDXuuAA3T/e35+115"
            + "ApTfi2cZeAIobuKiCUmIIzAOxjChRANCAARmjbK3ikcKpOJbeRxhZ4hrwBgRFI4D"
            + "zHcLZKceQQAiPnl88hodcZ4RKC9yVzWdDZOLZndphMbfChOjKGalpqfJ";

    private TestTokens() {}

    /** Claims that are accepted for ten minutes, and give nothing. */
    public static JwtClaims claims(String subject) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject(subject);
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(10);
        // Needed once a test has registered another one.
        claims.setStringClaim("tenant", "default");
        return claims;
    }

    public static JwtClaims claims(String subject, String scopes) {
        JwtClaims claims = claims(subject);
        claims.setStringClaim("scope", scopes);
        return claims;
    }

    /** Signed with the key that the service knows. */
    public static String signed(JwtClaims claims) {
        return signed(claims, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256, privateKey());
    }

    public static String signed(JwtClaims claims, String algorithm, Key key) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(algorithm);
        signature.setKey(key);
        signature.setDoKeyValidation(false);
        signature.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same claims under {@code alg: none}. */
    public static String unsigned(JwtClaims claims) {
        return signed(claims, AlgorithmIdentifiers.NONE, null);
    }

    private static PrivateKey privateKey() {
        try {
            return KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(KEY)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
