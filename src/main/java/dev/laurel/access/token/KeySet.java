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

    /** The key by its id and kind; null when there is none. */
    Key find(JsonWebSignature signature) {
        try {
            JsonWebKey found = new VerificationJwkSelector().select(signature, keys);
            return found == null ? null : found.getKey();
        } catch (JoseException | RuntimeException e) {
            return null;
        }
    }
}
