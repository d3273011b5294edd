package dev.laurel.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectErrorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MOVED 12182 10.0.0.2:6379",
                "ASK 12182 10.0.0.2:6379",
                "TRYAGAIN Multiple keys request during rehashing of slot",
                "CLUSTERDOWN The cluster is down",
                "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
                "NOREPLICAS Not enough good replicas to write.",
                "READONLY You can't write against a read only replica.",
                "LOADING Redis is loading the dataset in memory"
            })
    void anotherServerHasToBeAsked(String refusal) {
        assertThat(RedirectErrors.is(new IllegalStateException(refusal))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NOSCRIPT No matching script.", "ERR wrong number of arguments", "WRONGTYPE Operation", "moved"})
    void anyOtherRefusalIsOneOfTheCommand(String refusal) {
        assertThat(RedirectErrors.is(new IllegalStateException(refusal))).isFalse();
        assertThat(RedirectErrors.is(new IllegalStateException())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MOVED 12182 10.0.0.2:6379", "LOADING Redis is loading"})
    void onlyAReplicaHasBeenDemoted(String refusal) {
        assertThat(RedirectErrors.isDemotion(new IllegalStateException(refusal)))
                .isFalse();
        assertThat(RedirectErrors.isDemotion(new IllegalStateException("READONLY You can't write")))
                .isTrue();
    }
}
