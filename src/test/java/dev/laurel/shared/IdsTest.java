package dev.laurel.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.shared.LaurelException.InvalidInput;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule for identifiers, and that its two forms agree. */
class IdsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "0", "Z", "a.b_c:d@e|f~g+h-i", "2026-11-20", "user@example.org"})
    void theseAreIdentifiers(String id) {
        assertThat(Ids.require("player", id)).isSameAs(id);
    }

    @ParameterizedTest
    @DisplayName("trap 23: U+0000 is refused before any store sees it")
    @ValueSource(
            strings = {"", "\0", "a\0b", "-a", ".a", "a b", "a/b", "a#1", "a%20", "é", "a\n", "a\u007f", "😀", "a\ud800"
            })
    void theseAreNone(String id) {
        assertThatThrownBy(() -> Ids.require("player", id))
                .isInstanceOfSatisfying(InvalidInput.class, refusal -> assertThat(refusal.errors())
                        .singleElement()
                        .extracting(FieldError::field)
                        .isEqualTo("player"));
        assertThatThrownBy(() -> Ids.require("player", null)).isInstanceOf(InvalidInput.class);
    }

    @Test
    void anIdentifierHasAtMost128Characters() {
        assertThat(Ids.isValid("x".repeat(Ids.MAX_LENGTH))).isTrue();
        assertThat(Ids.isValid("x".repeat(Ids.MAX_LENGTH + 1))).isFalse();
    }

    @Test
    void theRuleInDocumentsIsTheRuleInForce() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            String first = Character.toString((char) c);
            assertThat(Ids.isValid(first)).as("U+%04X as the first", c).isEqualTo(first.matches(Ids.PATTERN));
            String second = "a" + first;
            assertThat(Ids.isValid(second)).as("U+%04X as the second", c).isEqualTo(second.matches(Ids.PATTERN));
        }
    }
}
