package dev.laurel.access.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.access.Caller;
import dev.laurel.access.CallerSource;
import dev.laurel.access.Credential;
import dev.laurel.access.tenant.RegisteredTenant;
import dev.laurel.access.tenant.TenantRegistry;
import dev.laurel.platform.lifecycle.StartRefused;
import dev.laurel.shared.LaurelException.Unauthenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Callers by tokens of the issuer. A token that has been verified is kept in memory by its digest, so that its next request costs
 * no signature; not longer than it is valid, and not longer than a key may go on that the issuer has withdrawn.
 */
@Singleton
class TokenSource implements CallerSource {
    private static final Duration KEPT = Duration.ofMinutes(5);

    /** Not longer: it may be too early for a token, or its key is not known yet. */
    private static final Duration WRONG_FOR = Duration.ofSeconds(10);

    private static final int MAX_WRONG = 10_000;

    /** Every token begins with an object in Base64. */
    private static final String BEGIN = "eyJ";

    private final boolean configured;
    private final TokenVerifier verifier;
    private final TenantRegistry tenants;
    private final ClaimMapping mapping;
    private final IssuerKeys keys;
    private final Duration skew;
    private final Cache<ByteBuffer, Known> known;
    private final Cache<ByteBuffer, Instant> wrong =
            Caffeine.newBuilder().maximumSize(MAX_WRONG).build();
    private final Clock clock;

    TokenSource(TokenConfig config, ClaimsConfig claims, TenantRegistry tenants, Vertx vertx, Clock clock) {
        this.configured = config.issuer().isPresent();
        this.skew = config.clockSkew();
        this.clock = clock;
        this.tenants = tenants;
        this.mapping = new ClaimMapping(
                claims, name -> tenants.named(name).map(RegisteredTenant::tenant), tenants::areSeveral);
        this.known = Caffeine.newBuilder().maximumSize(config.cachedTokens()).build();
        try {
            this.verifier = configured ? new TokenVerifier(rules(config)) : null;
            this.keys = configured ? keys(config, vertx) : null;
        } catch (IllegalArgumentException e) {
            throw StartRefused.because(e.getMessage());
        }
    }

    private static TokenRules rules(TokenConfig config) {
        return new TokenRules(config.issuer().orElseThrow(), config.audience().orElse(List.of()), config.clockSkew());
    }

    private static IssuerKeys keys(TokenConfig config, Vertx vertx) {
        if (config.jwksUrl().isPresent() == config.publicKey().isPresent()) {
            throw new IllegalArgumentException(
                    "laurel.access.issuer needs either laurel.access.jwks-url or laurel.access.public-key");
        }
        if (config.jwksUrl().isPresent()) {
            return new JwksKeys(
                    new JwksRequest(vertx, config.jwksUrl().get(), config.jwksPlainHttp()),
                    config.jwksRefresh(),
                    System::nanoTime);
        }
        PublicKey key = PublicKeyText.read(config.publicKey().get());
        return signature -> Uni.createFrom().item(List.of(key));
    }

    @Override
    public boolean accepts(Credential credential) {
        return configured && credential.secret().startsWith(BEGIN);
    }

    @Override
    public Optional<Caller> known(Credential credential) {
        Known token = known.getIfPresent(digest(credential));
        return token == null
                        || !clock.instant().isBefore(token.until)
                        || tenants.of(token.caller.tenant()).isEmpty()
                ? Optional.empty()
                : Optional.of(token.caller);
    }

    @Override
    public boolean isKnownWrong(Credential credential) {
        Instant until = wrong.getIfPresent(digest(credential));
        return until != null && clock.instant().isBefore(until);
    }

    @Override
    public boolean wasValid(Credential credential) {
        return known.getIfPresent(digest(credential)) != null;
    }

    @Override
    public Uni<Caller> find(Credential credential) {
        JsonWebSignature signature;
        try {
            signature = verifier.signature(credential.secret());
        } catch (InvalidToken e) {
            return Uni.createFrom().failure(Unauthenticated.invalid());
        }
        return onSameContext(keys.keys(signature))
                .map(found -> verified(credential, found))
                .onFailure(Unauthenticated.class)
                .invoke(() -> wrong.put(digest(credential), clock.instant().plus(WRONG_FOR)))
                // What fails here is not remembered as wrong: its tenant may be registered a moment later.
                .map(claims -> caller(credential, claims))
                .onFailure(Unauthenticated.class)
                .invoke(() -> known.invalidate(digest(credential)));
    }

    /** Requests may wait for the same keys: each has to go on where its own caller is kept. */
    private static <T> Uni<T> onSameContext(Uni<T> work) {
        Context context = Vertx.currentContext();
        return context == null ? work : work.emitOn(command -> context.runOnContext(ignored -> command.run()));
    }

    private JwtClaims verified(Credential credential, List<Key> keys) {
        try {
            return verifier.verify(credential.secret(), keys, clock.instant());
        } catch (InvalidToken e) {
            throw Unauthenticated.invalid();
        }
    }

    private Caller caller(Credential credential, JwtClaims claims) {
        try {
            Caller caller = mapping.caller(claims);
            known.put(digest(credential), new Known(caller, until(claims, clock.instant())));
            return caller;
        } catch (InvalidToken | MalformedClaimException | DateTimeException | ArithmeticException e) {
            // The last two: an issuer may write an expiry that no calendar has.
            throw Unauthenticated.invalid();
        }
    }

    private Instant until(JwtClaims claims, Instant now) throws MalformedClaimException {
        Instant expiry =
                Instant.ofEpochSecond(claims.getExpirationTime().getValue()).plus(skew);
        Instant longest = now.plus(KEPT);
        return expiry.isBefore(longest) ? expiry : longest;
    }

    /** Nobody finds a token in the memory of the process by it. */
    private static ByteBuffer digest(Credential credential) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256")
                    .digest(credential.secret().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public Uni<Boolean> isConfigured() {
        return Uni.createFrom().item(configured);
    }

    private record Known(Caller caller, Instant until) {}
}
