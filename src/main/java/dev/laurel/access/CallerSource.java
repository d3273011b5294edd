package dev.laurel.access;

import io.smallrye.mutiny.Uni;

/** One kind of credential: finds out who the caller is that has sent one. All beans of this type are asked. */
public interface CallerSource {
    /** Whether a credential looks like one of this kind; decided by its form alone. */
    boolean accepts(Credential credential);

    /**
     * The caller; at once wherever that is possible, since every request waits for it.
     *
     * @return fails with {@link dev.laurel.shared.LaurelException.Unauthenticated} when the credential is not valid, with
     *     {@link dev.laurel.shared.LaurelException.Unavailable} when that cannot be found out
     */
    Uni<Caller> caller(Credential credential);

    /** Whether credentials of this kind exist, so that the service can be used although it is not open. */
    default Uni<Boolean> isConfigured() {
        return Uni.createFrom().item(false);
    }
}
