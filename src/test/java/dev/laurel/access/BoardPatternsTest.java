package dev.laurel.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.shared.LaurelException.InvalidInput;
import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

class BoardPatternsTest {
    private static final String LETTERS = "ab.-";

    /** Against regular expressions, with few letters, so that most patterns nearly match. */
    @Test
    void aStarStandsForAnyCharacters() {
        Random random = new Random(20);
        for (int i = 0; i < 20_000; i++) {
            String pattern = word(random, LETTERS + "**", 1 + random.nextInt(7));
            String name = word(random, LETTERS, 1 + random.nextInt(9));
            boolean expected = Pattern.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E", name);

            assertThat(new BoardPatterns(List.of(pattern)).match(name))
                    .as("%s matches %s", pattern, name)
                    .isEqualTo(expected);
        }
    }

    private static String word(Random random, String letters, int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append(letters.charAt(random.nextInt(letters.length())));
        }
        return word.toString();
    }

    @Test
    void noneStandsForAllBoards() {
        assertThat(BoardPatterns.ALL.match("anything")).isTrue();
        assertThat(BoardPatterns.ALL.asLike()).containsExactly("%");
        assertThat(new BoardPatterns(List.of("a_b*", "c")).asLike()).containsExactly("a\\_b%", "c");
    }

    @Test
    void whatCannotBeTheNameOfABoardIsRefused() {
        for (String pattern : List.of("", "a,b", "a%", "_a", "a b", "a\\", "é", "a".repeat(129))) {
            assertThatThrownBy(() -> BoardPatterns.of(List.of(pattern)))
                    .as(pattern)
                    .isInstanceOf(InvalidInput.class);
        }
        assertThatThrownBy(() -> BoardPatterns.of(Collections.nCopies(BoardPatterns.MAX + 1, "a")))
                .isInstanceOf(InvalidInput.class);
        assertThat(BoardPatterns.of(List.of("*")).match("x")).isTrue();
    }
}
