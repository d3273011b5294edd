package dev.laurel.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** Under which names the service answers. */
class HostRulesTest {
    @ParameterizedTest
    @CsvSource({
        "board.example, true",
        "BOARD.example:8080, true",
        "a.ours.example, true",
        "ours.example, false",
        "notours.example, false",
        "127.0.0.1:8080, true",
        "[::1]:8080, true",
        "[::1], true",
        "evil.example, false",
        "board.example.evil, false",
    })
    void aListHoldsForAllPorts(String host, boolean allowed) {
        HostRules rules = new HostRules(List.of("board.example", " *.Ours.example", "127.0.0.1", "[::1]"));

        assertThat(rules.allow(host)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"anything", "a:1"})
    void withoutAListEveryNameWillDo(String host) {
        assertThat(new HostRules(List.of()).allow(host)).isTrue();
        assertThat(new HostRules(List.of("")).allow(host)).isTrue();
    }
}
