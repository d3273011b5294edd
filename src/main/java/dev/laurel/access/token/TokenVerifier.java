package dev.laurel.access.token;

import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;

import java.security.Key;
import java.time.Instant;
import java.util.List;

/**
 * Verifies tokens as RFC 7519 and the best practices of RFC 8725 ask for: a signature by an asymmetric algorithm, issuer,
 * audience, subject and expiry.
 */
final class TokenVerifier {
    private final TokenRules rules;

    /** Neither {@code none} nor HMAC, for which a public key would be a known secret. */
    private final AlgorithmConstraints algorithms = new AlgorithmConstraints(
            ConstraintType.PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
            AlgorithmIdentifiers.EDDSA);

    TokenVerifier(TokenRules rules) {
        this.rules = rules;
    }

    /** The signature of a token, by which its key is found; nothing of it is verified yet, except its algorithm. */
    JsonWebSignature signature(String token) throws InvalidToken {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(token);
            algorithms.checkConstraint(signature.getAlgorithmHeaderValue());
            return signature;
        } catch (JoseException | RuntimeException e) {
            throw new InvalidToken();
        }
    }

    /** The claims of a token that is valid now, by one of these keys. */
    JwtClaims verify(String token, List<Key> keys, Instant now) throws InvalidToken {
        for (Key key : keys) {
            try {
                return verify(token, key, now);
            } catch (InvalidToken e) {
                // by another one
            }
        }
        throw new InvalidToken();
    }

    /** The same, by this key. */
    JwtClaims verify(String token, Key key, Instant now) throws InvalidToken {
        try {
            return new JwtConsumerBuilder()
                    .setJwsAlgorithmConstraints(algorithms)
                    .setVerificationKey(key)
                    .setExpectedIssuer(true, rules.issuer())
                    .setExpectedAudience(true, rules.audience().toArray(String[]::new))
                    .setRequireSubject()
                    .setRequireExpirationTime()
                    .setAllowedClockSkewInSeconds((int) rules.clockSkew().toSeconds())
                    .setEvaluationTime(NumericDate.fromSeconds(now.getEpochSecond()))
                    .build()
                    .processToClaims(token);
        } catch (InvalidJwtException | RuntimeException e) {
            throw new InvalidToken();
        }
    }
}
