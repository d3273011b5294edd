package dev.laurel.platform.problem;

import dev.laurel.shared.LaurelException.Unauthenticated;

/** The header {@code WWW-Authenticate} of RFC 6750. */
public final class Challenge {
    /** Its name. */
    public static final String HEADER = "WWW-Authenticate";

    private static final String BEARER = "Bearer realm=\"laurel\"";

    private Challenge() {}

    /** The credential is valid, and does not allow the operation. */
    public static final String INSUFFICIENT_SCOPE = BEARER + ", error=\"insufficient_scope\"";

    /** What a client learns from it: whether it has sent anything that could be looked at. */
    public static String of(Unauthenticated refused) {
        return refused.isSent() ? BEARER + ", error=\"invalid_token\"" : BEARER;
    }
}
