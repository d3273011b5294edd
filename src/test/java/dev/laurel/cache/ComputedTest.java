package dev.laurel.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

class ComputedTest {
    @Test
    void theResponseIsWrittenOnceAndReplacesTheValue() {
        AtomicInteger written = new AtomicInteger();
        Computed<String> computed = new Computed<>("value");
        assertThat(computed.value()).isEqualTo("value");

        for (int i = 0; i < 2; i++) {
            assertThat(computed.as(value -> {
                        written.incrementAndGet();
                        return value.getBytes(StandardCharsets.UTF_8);
                    }))
                    .asString()
                    .isEqualTo("value");
        }

        assertThat(written).hasValue(1);
        assertThat(computed.value()).isNull();
    }
}
