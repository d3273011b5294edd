package dev.laurel.access.token;

import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.VerificationJwkSelector;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

import java.security.Key;
import java.util.List;

/** The keys of a JSON Web Key Set that can verify signatures: symmetric ones are ignored. */
final class KeySet {
    /** Issuers have a handful. */
    private static final int MOST = 100;

    /** Signatures that are verified for one token, which does not say by which key it is signed. */
    private static final int MOST_TRIED = 8;

    private final List<JsonWebKey> keys;

    private KeySet(List<JsonWebKey> keys) {
        this.keys = keys;
    }

    /** @throws IllegalArgumentException when it is none, or has no key */
    static KeySet of(String json) {
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(json)
                    .getJsonWebKeys().stream()
                            .filter(PublicJsonWebKey.class::isInstance)
                            .limit(MOST)
                            .toList();
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("The key set has no public key");
            }
            return new KeySet(keys);
        } catch (JoseException e) {
            throw new IllegalArgumentException("This is no key set", e);
        }
    }

    /** The keys by which it may be signed: that of its id, or without one all of its kind; none when there is none. */
    List<Key> find(JsonWebSignature signature) {
        try {
            return new VerificationJwkSelector()
                    .selectList(signature, keys).stream()
                            .limit(MOST_TRIED)
                            .map(JsonWebKey::getKey)
                            .toList();
        } catch (JoseException | RuntimeException e) {
            return List.of();
        }
    }
}
