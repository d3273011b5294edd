package dev.laurel.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.shared.FieldError;
import dev.laurel.shared.LaurelException.InvalidInput;
import org.junit.jupiter.api.Test;

import java.util.List;

class AttemptTest {
    @Test
    void theLengthIsThatOfCodePoints() {
        assertThat(attempt("aé👩‍🚀").length()).isEqualTo(5);
    }

    @Test
    void theLimitIsOneOfBytes() {
        assertThat(attempt("a".repeat(Attempt.MAX_CONTENT)).length()).isEqualTo(Attempt.MAX_CONTENT);
        assertInvalid("a".repeat(Attempt.MAX_CONTENT + 1));
        assertInvalid("\u20ac".repeat(Attempt.MAX_CONTENT / 3 + 1));
    }

    @Test
    void whatCannotBeStoredIsRefused() {
        assertInvalid("a\u0000b");
        assertInvalid("\ud800");
        assertInvalid("");
        assertInvalid(null);
    }

    @Test
    void everyInvalidFieldIsNamed() {
        assertThatThrownBy(() -> new Attempt("", "a", "1e5", true, List.of("a b"), null, "a b", false))
                .isInstanceOfSatisfying(InvalidInput.class, invalid -> assertThat(invalid.errors())
                        .extracting(FieldError::field)
                        .containsExactly("playerId", "score", "tags", "Idempotency-Key"));
    }

    @Test
    void tagsAreWordsEachOnce() {
        assertThat(new Attempt("ann", "a", null, true, List.of("b", "a", "b"), null, null, false).tags())
                .containsExactly("b", "a");
    }

    private static Attempt attempt(String content) {
        return new Attempt("ann", content, null, true, List.of(), null, null, false);
    }

    private static void assertInvalid(String content) {
        assertThatThrownBy(() -> attempt(content))
                .isInstanceOfSatisfying(InvalidInput.class, invalid -> assertThat(invalid.errors())
                        .extracting(FieldError::field)
                        .containsExactly("content"));
    }
}
