package dev.laurel.cache.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class SharedTextTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aShortResponseIsKeptAsItIs() {
        String text = SharedText.of(bytes("{\"name\":\"Ädä\"}"));

        assertThat(text).isEqualTo("j{\"name\":\"Ädä\"}");
        assertThat(SharedText.read(text)).isEqualTo(bytes("{\"name\":\"Ädä\"}"));
    }

    @Test
    void aLongOneIsCompressed() {
        byte[] body = bytes("{\"score\":1234,\"name\":\"Ädä\"}".repeat(100));

        String text = SharedText.of(body);

        assertThat(text).startsWith("z").hasSizeLessThan(body.length / 5);
        assertThat(SharedText.read(text)).isEqualTo(body);
    }

    @Test
    void whatIsNoneIsRefused() {
        assertThatThrownBy(() -> SharedText.read("z====")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SharedText.read("zAAAA")).isInstanceOf(IllegalArgumentException.class);
    }
}
