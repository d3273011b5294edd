package dev.laurel.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are taken as they are. */
class TextsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "two\nlines\tand a tab\r\n", "é", "\uD83D\uDE00", "\uFFFD"})
    void soundTexts(String text) {
        assertThat(Texts.isSound(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\0", "a\u0007", "\u001B[31m", "\u007F", "\u0085", "\uD83D", "\uDE00", "\uDE00\uD83D", "a\uD83Db"
            })
    void unsoundTexts(String text) {
        assertThat(Texts.isSound(text)).isFalse();
    }
}
