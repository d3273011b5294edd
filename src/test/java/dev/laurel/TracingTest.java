package dev.laurel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Traces are on when an address is set by any of its names, and off otherwise. */
class TracingTest {
    private static final List<String> NAMES = List.of(
            "laurel.tracing.endpoint",
            "otel.exporter.otlp.endpoint",
            Tracing.FRAMEWORKS_ENDPOINT,
            Tracing.OFF,
            Tracing.LOG_FORMAT);

    private final Map<String, String> before = new HashMap<>();

    TracingTest() {
        NAMES.forEach(name -> before.put(name, System.clearProperty(name)));
    }

    @AfterEach
    void restore() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    @Test
    void withoutAnAddressNothingIsChanged() {
        Tracing.choose();

        assertThat(NAMES)
                .allSatisfy(name -> assertThat(System.getProperty(name)).isNull());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"laurel.tracing.endpoint", "otel.exporter.otlp.endpoint", "quarkus.otel.exporter.otlp.endpoint"})
    void anAddressTurnsThemOn(String name) {
        System.setProperty(name, "http://collector.example:4318");

        Tracing.choose();

        assertThat(System.getProperty(Tracing.OFF)).isEqualTo("false");
        assertThat(System.getProperty(Tracing.FRAMEWORKS_ENDPOINT)).isEqualTo("http://collector.example:4318");
        assertThat(System.getProperty(Tracing.LOG_FORMAT)).contains("%X{traceId}");
    }

    @Test
    void whoTurnsThemOffIsObeyed() {
        System.setProperty("laurel.tracing.endpoint", "http://collector.example:4318");
        System.setProperty(Tracing.OFF, "true");

        Tracing.choose();

        assertThat(System.getProperty(Tracing.OFF)).isEqualTo("true");
    }
}
