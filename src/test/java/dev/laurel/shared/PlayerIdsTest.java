package dev.laurel.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.shared.LaurelException.InvalidInput;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

/** The rule for the ids of players. */
class PlayerIdsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "0",
                "-",
                "!",
                "?",
                "...",
                ".a",
                "name#1234",
                "abc=",
                "=cmd",
                "ada@example.org",
                "a/b",
                "50%",
                "a\\b",
                "a\"b",
                "Ada Lovelace",
                "\u00e9",
                "\u00d1u\u00f1o",
                "\u017b\u00f3\u0142w",
                "\u5f20\u4f1f",
                "\ud55c\uad6d",
                "\u0939\u093f\u0928\u094d\u0926\u0940",
                "q\u0301",
                "\u20ac100",
                "\ud83d\ude00",
                "\u2764\ufe0f",
                "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "\ud83d\udc69\ud83c\udffd\u200d\ud83d\ude80",
                "\ud83d\ude42\u200d\u2194\ufe0f",
                "\ud83c\udde9\ud83c\uddea",
                "\ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc73\udb40\udc63\udb40\udc74\udb40\udc7f",
                "\ud83e\udee9"
            })
    void theseArePlayers(String id) {
        assertThat(PlayerIds.require("player", id)).isSameAs(id);
        assertThat(id).matches(PlayerIds.PATTERN);
    }

    @ParameterizedTest
    @DisplayName("trap 23: what no store or reader can hold or see is refused at the edge")
    @ValueSource(
            strings = {
                "",
                " ",
                " a",
                "a ",
                "a  b",
                ".",
                "..",
                "\0",
                "a\0b",
                "a\tb",
                "a\n",
                "a\u007f",
                "a\u0085",
                "a\u00a0b",
                "a\u2003b",
                "a\u2028b",
                "a\u3000b",
                "a\u00adb",
                "a\u200bb",
                "a\u200db",
                "\u200d",
                "\ufeffa",
                "\u202ea",
                "\u2066a",
                "\ud83d\ude00\u200d",
                "\u200d\ud83d\ude00",
                "\ud83d\ude00\u200d\u200d\ud83d\ude00",
                "\ud83d\ude00\u200da",
                "a\ud800",
                "\udc00",
                "\ue000",
                "\udbff\udffd",
                "\u0378",
                "\uffff",
                "\ufdd0",
                "a\udb40\udc67\udb40\udc7f",
                "\ud83c\udff4\udb40\udc67",
                "\ud83c\udff4\udb40\udc7f",
                "\ud83c\udff4\udb40\udc67\udb40\udc7f\udb40\udc7f"
            })
    void theseAreNone(String id) {
        assertThatThrownBy(() -> PlayerIds.require("player", id))
                .isInstanceOfSatisfying(InvalidInput.class, refusal -> assertThat(refusal.errors())
                        .singleElement()
                        .extracting(FieldError::field)
                        .isEqualTo("player"));
        assertThat(PlayerIds.isValid(id)).isFalse();
        assertThatThrownBy(() -> PlayerIds.require("player", null)).isInstanceOf(InvalidInput.class);
    }

    @ParameterizedTest
    @CsvSource({"e\u0301, \u00e9", "\u212b, \u00c5", "\u1112\u1161\u11ab, \ud55c", "a\u0323\u0302, \u1ead"})
    void aDecomposedIdIsRefusedAndNotChanged(String decomposed, String composed) {
        assertThatThrownBy(() -> PlayerIds.require("player", decomposed))
                .hasMessageContaining("NFC")
                .isInstanceOf(InvalidInput.class);
        assertThat(PlayerIds.isValid(composed)).isTrue();
    }

    @Test
    void anIdHasAtMost128CharactersHoweverManyBytesTheyTake() {
        for (String one : List.of("x", "\u00e9", "\u5f20", "\ud83d\ude00")) {
            assertThat(PlayerIds.isValid(one.repeat(PlayerIds.MAX_LENGTH))).isTrue();
            assertThat(PlayerIds.isValid(one.repeat(PlayerIds.MAX_LENGTH + 1))).isFalse();
        }
        assertThat(PlayerIds.isValid("x".repeat(1_000_000))).isFalse();
    }

    @Test
    void whatWasAnIdBeforeStillIsOne() {
        Random random = new Random(7);
        String signs = "aZ09._:@|~+-";
        for (int round = 0; round < 10_000; round++) {
            StringBuilder id = new StringBuilder("a");
            for (int length = random.nextInt(12); length > 0; length--) {
                id.append(signs.charAt(random.nextInt(signs.length())));
            }
            assertThat(Ids.isValid(id.toString())).isTrue();
            assertThat(PlayerIds.isValid(id.toString())).as(id.toString()).isTrue();
        }
    }

    /** The pattern says less than the rule, and nothing else: what it refuses is no id. */
    @Test
    void thePatternInDocumentsRefusesNoPlayer() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            for (String id :
                    List.of(Character.toString(c), "a" + Character.toString(c), "a" + Character.toString(c) + "b")) {
                assertThat(!PlayerIds.isValid(id) || id.matches(PlayerIds.PATTERN))
                        .as("U+%04X", c)
                        .isTrue();
            }
        }
    }
}
