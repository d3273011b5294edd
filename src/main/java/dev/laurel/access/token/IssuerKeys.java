package dev.laurel.access.token;

import io.smallrye.mutiny.Uni;
import org.jose4j.jws.JsonWebSignature;

import java.security.Key;
import java.util.List;

/** The public keys of the issuer. */
interface IssuerKeys {
    /**
     * The keys that a signature may have been made with.
     *
     * @return none when the issuer has none like that; fails with
     *     {@link dev.laurel.shared.LaurelException.Unavailable} when that cannot be found out now
     */
    Uni<List<Key>> keys(JsonWebSignature signature);
}
