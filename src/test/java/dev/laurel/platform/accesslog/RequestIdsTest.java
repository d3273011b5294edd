package dev.laurel.platform.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static MultiMap headers(String name, String value) {
        return MultiMap.caseInsensitiveMultiMap().set(name, value);
    }

    @Test
    void theNameOfAProxyIsTaken() {
        assertThat(RequestIds.requestId(headers("x-request-id", "b7e0-4.A_1:z")))
                .isEqualTo("b7e0-4.A_1:z");
        assertThat(RequestIds.traceId(headers("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")))
                .isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "a\"b", "a\nb", "ü", "{}", "a,b"})
    void anythingElseThanANameIsNot(String id) {
        assertThat(RequestIds.requestId(headers("X-Request-Id", id))).isNull();
    }

    @Test
    void aLongOneIsNot() {
        assertThat(RequestIds.requestId(headers("X-Request-Id", "a".repeat(65))))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473\"-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736000f067aa0ba902b7-01"
            })
    void aTraceThatIsNoneIsIgnored(String parent) {
        assertThat(RequestIds.traceId(headers("traceparent", parent))).isNull();
    }
}
