package dev.laurel.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.testing.TestTokens;
import io.vertx.core.Vertx;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Tokens of an issuer whose keys are behind a real address, which changes them, fails and comes back. */
class JwksOverHttpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration REFRESH = Duration.ofMinutes(5);

    private final EllipticCurveJsonWebKey first = key("first");
    private final EllipticCurveJsonWebKey second = key("second");
    private final EllipticCurveJsonWebKey third = key("third");

    private final TokenVerifier verifier =
            new TokenVerifier(new TokenRules(TestTokens.ISSUER, List.of(TestTokens.AUDIENCE), Duration.ofSeconds(30)));
    private final AtomicLong nanos = new AtomicLong(1);
    private final AtomicInteger requests = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();

    private volatile int status = 200;
    private volatile String body = set(first);
    private HttpServer issuer;
    private JwksKeys keys;

    @BeforeEach
    void anIssuer() throws IOException {
        issuer = serve(0);
        keys = new JwksKeys(new JwksRequest(vertx, address(), false), REFRESH, nanos::get);
    }

    @AfterEach
    void end() {
        issuer.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aChangeOfKeysIsFollowed() {
        assertThat(isAccepted(first, "first")).isTrue();
        assertThat(isAccepted(first, "first")).isTrue();
        assertThat(isAccepted(second, "second")).isFalse();
        assertThat(requests).hasValue(1);

        body = set(first, second);
        pass(JwksKeys.PAUSE);
        assertThat(isAccepted(second, "second")).isTrue();
        assertThat(isAccepted(first, "first")).isTrue();
        assertThat(requests).hasValue(2);

        body = set(second);
        pass(REFRESH);
        assertThat(isAccepted(first, "first"))
                .as("until the keys have been fetched")
                .isTrue();
        await().atMost(PATIENCE).until(() -> !isAccepted(first, "first"));
        assertThat(isAccepted(second, "second")).isTrue();
        assertThat(isAccepted(third, "second"))
                .as("signed by another key than it says")
                .isFalse();
    }

    @Test
    void whileTheIssuerIsDownKnownKeysGoOn() throws IOException {
        assertThat(isAccepted(first, "first")).isTrue();
        int port = issuer.getAddress().getPort();
        issuer.stop(0);

        pass(REFRESH);
        assertThat(isAccepted(first, "first")).isTrue();
        pass(REFRESH);
        assertThatThrownBy(() -> isAccepted(second, "second")).isInstanceOf(Unavailable.class);
        assertThat(isAccepted(first, "first")).isTrue();

        body = set(first, second);
        issuer = serve(port);
        await().atMost(PATIENCE).until(() -> {
            pass(JwksKeys.PAUSE);
            return isKnown("second");
        });
        assertThat(isAccepted(second, "second")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 302, 404, 500})
    void noOtherAnswerIsAKeySet(int other) {
        status = other;

        assertThatThrownBy(() -> isAccepted(first, "first")).isInstanceOf(Unavailable.class);
        assertThat(requests).as("a redirect is not followed").hasValue(1);
    }

    @Test
    void aLargeAnswerIsNotReadToItsEnd() {
        body = " ".repeat(300 * 1_024) + set(first);

        assertThatThrownBy(() -> isAccepted(first, "first")).isInstanceOf(Unavailable.class);
    }

    @Test
    void aTokenThatNamesNoKeyIsTriedWithAllOfItsKind() {
        body = set(first, second, third);

        assertThat(List.of(first, second, third)).allMatch(key -> isAccepted(key, null));
        assertThat(isAccepted(key("first"), null)).isFalse();
        assertThat(requests).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://issuer.example/keys", "ftp://issuer.example/keys", "http:///keys", "keys"})
    void anAddressThatOthersCanChangeOnTheWayIsRefused(String address) {
        assertThatThrownBy(() -> new JwksRequest(vertx, URI.create(address), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("laurel.access.jwks-url must be an https URL");
    }

    @Test
    void itIsAcceptedWhereThatIsWanted() {
        assertThat(new JwksRequest(vertx, URI.create("http://issuer.example/keys"), true))
                .isNotNull();
        assertThat(new JwksRequest(vertx, URI.create("https://issuer.example/keys"), false))
                .isNotNull();
    }

    private HttpServer serve(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/keys", this::answer);
        server.createContext("/elsewhere", this::answer);
        server.start();
        return server;
    }

    private void answer(HttpExchange exchange) {
        requests.incrementAndGet();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        try (exchange) {
            exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
            if (status != 204) {
                exchange.getResponseBody().write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** @param id that the token names; null for none */
    private boolean isAccepted(EllipticCurveJsonWebKey key, String id) {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(TestTokens.claims("ann", "read").toJson());
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        token.setKey(key.getPrivateKey());
        if (id != null) {
            token.setKeyIdHeaderValue(id);
        }
        try {
            String sent = token.getCompactSerialization();
            List<Key> found = keys.keys(verifier.signature(sent)).await().atMost(PATIENCE);
            return "ann".equals(verifier.verify(sent, found, Instant.now()).getSubject());
        } catch (InvalidToken e) {
            return false;
        } catch (Exception e) {
            throw e instanceof RuntimeException known ? known : new IllegalStateException(e);
        }
    }

    /** Whether a key of this id is among those of the issuer by now. */
    private boolean isKnown(String id) {
        try {
            return isAccepted("second".equals(id) ? second : first, id);
        } catch (Unavailable e) {
            return false;
        }
    }

    private static String set(JsonWebKey... keys) {
        return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    private static EllipticCurveJsonWebKey key(String id) {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
