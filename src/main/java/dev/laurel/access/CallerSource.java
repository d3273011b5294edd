package dev.laurel.access;

import io.smallrye.mutiny.Uni;

import java.util.Optional;

/** One kind of credential: finds out who the caller is that has sent one. All beans of this type are asked. */
public interface CallerSource {
    /** Whether a credential looks like one of this kind; decided by its form alone, and by one kind at most. */
    boolean accepts(Credential credential);

    /** The caller if that is known at once, as it is for nearly every request; otherwise {@link #find} is called. */
    Optional<Caller> known(Credential credential);

    /** Whether a credential was found to be wrong a short time ago, or must be by its form; costs nothing. */
    boolean isKnownWrong(Credential credential);

    /** Whether a credential was valid when it was last looked at, as far as that is remembered. */
    boolean wasValid(Credential credential);

    /**
     * The caller, found out where that takes time; on the context of the request.
     *
     * @return fails with {@link dev.laurel.shared.LaurelException.Unauthenticated} when the credential is not valid, with
     *     {@link dev.laurel.shared.LaurelException.Unavailable} when that cannot be found out now
     */
    Uni<Caller> find(Credential credential);

    /** Whether a credential of this kind exists, so that a service that is not open can be used. */
    Uni<Boolean> isConfigured();
}
