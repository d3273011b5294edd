package dev.laurel.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** When the keys of the issuer are fetched, and what holds while they cannot be. */
class JwksKeysTest {
    private final EllipticCurveJsonWebKey first = key("first");
    private final EllipticCurveJsonWebKey second = key("second");

    private final List<UniEmitter<? super String>> requests = new ArrayList<>();
    private long nanos = 1;

    private final JwksKeys keys =
            new JwksKeys(() -> Uni.createFrom().emitter(requests::add), Duration.ofMinutes(5), () -> nanos);

    @Test
    void manyTokensCauseOneRequest() {
        List<Answer> answers = List.of(ask("first"), ask("first"), ask("second"));

        assertThat(requests).hasSize(1);
        requests.get(0).complete(set(first));

        assertThat(answers.get(0).key.get()).isEqualTo(first.getKey());
        assertThat(answers.get(1).key.get()).isEqualTo(first.getKey());
        assertThat(answers.get(2).isUnknown()).isTrue();
        assertThat(ask("first").key.get()).isEqualTo(first.getKey());
        assertThat(requests).hasSize(1);
    }

    @Test
    void anUnknownKeyIsLookedForOnceInTenSeconds() {
        ask("first");
        requests.get(0).complete(set(first));

        assertThat(ask("second").isUnknown()).isTrue();
        assertThat(requests).hasSize(1);

        pass(JwksKeys.PAUSE);
        Answer rotated = ask("second");
        assertThat(requests).hasSize(2);
        requests.get(1).complete(set(second));
        assertThat(rotated.key.get()).isEqualTo(second.getKey());
        assertThat(ask("first").isUnknown()).isTrue();
    }

    @Test
    void knownKeysGoOnWhileTheIssuerIsUnavailable() {
        ask("first");
        requests.get(0).complete(set(first));

        pass(Duration.ofMinutes(5));
        assertThat(ask("first").key.get()).isEqualTo(first.getKey());
        assertThat(requests).as("fetched again in the background").hasSize(2);
        requests.get(1).fail(new IllegalStateException("unavailable"));

        assertThat(ask("first").key.get()).isEqualTo(first.getKey());
        assertThat(ask("second").failure.get()).isInstanceOf(Unavailable.class);
        assertThat(requests).hasSize(2);
    }

    @Test
    void withoutAnyKeysTokensAreNotRefusedButPutOff() {
        Answer waiting = ask("first");
        requests.get(0).complete("no key set");
        assertThat(waiting.failure.get()).isInstanceOf(Unavailable.class);
        assertThat(ask("first").failure.get()).isInstanceOf(Unavailable.class);
        assertThat(requests).hasSize(1);

        pass(JwksKeys.PAUSE);
        Answer later = ask("first");
        requests.get(1).complete(set(first));
        assertThat(later.key.get()).isEqualTo(first.getKey());
    }

    @Test
    void symmetricKeysOfASetAreIgnored() {
        assertThatThrownBy(() -> KeySet.of("{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}"))
                .hasMessageContaining("no public key");
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private Answer ask(String id) {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signature.setKeyIdHeaderValue(id);
        Answer answer = new Answer(new AtomicReference<>(), new AtomicReference<>());
        keys.keys(signature)
                .map(found -> found.isEmpty() ? Answer.NONE : found.get(0))
                .subscribe()
                .with(answer.key::set, answer.failure::set);
        return answer;
    }

    private static String set(EllipticCurveJsonWebKey key) {
        return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
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

    private record Answer(AtomicReference<Object> key, AtomicReference<Throwable> failure) {
        static final Object NONE = new Object();

        boolean isUnknown() {
            return key.get() == NONE;
        }
    }
}
