package dev.laurel.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.access.StartRule.Decision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;

class StartRuleTest {
    @ParameterizedTest
    @CsvSource({
        // wanted, loopback, embedded stores, key or issuer
        "     , true , true , false, OPEN",
        "     , true , true , true , CLOSED",
        "     , true , false, false, REFUSED",
        "     , false, true , false, REFUSED",
        "     , false, false, false, REFUSED",
        "     , true , false, true , CLOSED",
        "     , false, true , true , CLOSED",
        "     , false, false, true , CLOSED",
        "true , false, false, false, OPEN",
        "true , true , true , true , OPEN",
        "false, true , true , false, REFUSED",
        "false, true , true , true , CLOSED",
        "false, false, false, true , CLOSED"
    })
    void onlyAToyIsOpenByItself(Boolean wanted, boolean loopback, boolean embedded, boolean usable, Decision expected) {
        assertThat(StartRule.decide(Optional.ofNullable(wanted), loopback, embedded, usable))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "::1", "[::1]"})
    void onlyThisMachineReachesTheLoopback(String host) {
        assertThat(Loopback.isName(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "127.evil.example", "localhost.example", "192.168.127.1"})
    void othersReachEverythingElse(String host) {
        assertThat(Loopback.isName(host)).isFalse();
    }
}
