package dev.laurel.access.token;

import io.smallrye.mutiny.Uni;
import org.jose4j.jws.JsonWebSignature;

import java.security.Key;

/** The public keys of the issuer. */
interface IssuerKeys {
    /**
     * The key that a signature may have been made with.
     *
     * @return null when the issuer has none like that; fails with
     *     {@link dev.laurel.shared.LaurelException.Unavailable} when that cannot be found out now
     */
    Uni<Key> key(JsonWebSignature signature);
}
