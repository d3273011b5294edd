package dev.laurel.access.token;

import java.time.Duration;
import java.util.List;

/**
 * What a token has to say to be accepted.
 *
 * @param issuer as in {@code iss}
 * @param audience one of these in {@code aud}
 * @param clockSkew how far the clocks may be apart
 */
record TokenRules(String issuer, List<String> audience, Duration clockSkew) {
    /** Beyond that, expiry means little. */
    private static final Duration MOST_SKEW = Duration.ofMinutes(5);

    TokenRules {
        if (audience.isEmpty()) {
            throw new IllegalArgumentException(
                    "laurel.access.audience is needed with laurel.access.issuer: its tokens may be meant for others");
        }
        if (clockSkew.isNegative() || clockSkew.compareTo(MOST_SKEW) > 0) {
            throw new IllegalArgumentException("laurel.access.clock-skew must be from 0 to 5 minutes");
        }
        audience = List.copyOf(audience);
    }
}
