package dev.laurel.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchWordsTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "Ada Lovelace, ada lovelace",
                "ADA, ada",
                "José, jose",
                "Jose\u0301, jose",
                "Đặng Thị Ngọc Thịnh, dang thi ngoc thinh",
                "Øyvind Łukasz, oyvind lukasz",
                "Straße STRASSE, strasse",
                "Æsir Œuvre Þór, aesir oeuvre thor",
                "İstanbul ısrar, istanbul israr",
                "ΟΔΟΣ, οδοσ",
                "οδός, οδοσ",
                "Ёлка, елка",
                "O'Neil-Smith, o neil smith",
                "ﬁsh Ａｄａ, fish ada",
                "ada_the.first, ada the first",
                "🦊 fox, 🦊 fox",
                "x² y, x2 y",
            })
    void aNameIsItsWordsWithoutCaseAndAccents(String name, String words) {
        assertThat(String.join(" ", SearchWords.of(name))).isEqualTo(words);
    }

    @Test
    void aWordThatComesTwiceIsKeptOnce() {
        assertThat(SearchWords.of("Duran Duran DURÁN")).containsExactly("duran");
    }

    /** These marks make another word, and not the same one written with more care. */
    @ParameterizedTest
    @CsvSource({"がく, かく", "की, कु", "ปี, ปู"})
    void marksThatAreLettersStay(String one, String other) {
        assertThat(SearchWords.of(one)).isNotEqualTo(SearchWords.of(other));
    }

    @Test
    void whatIsUsuallyNotWrittenIsLeftOut() {
        assertThat(SearchWords.of("مُحَمَّد")).isEqualTo(SearchWords.of("محمد"));
        assertThat(SearchWords.of("שָׁלוֹם")).isEqualTo(SearchWords.of("שלום"));
    }

    /** Somebody who has typed a part of a Korean syllable finds it. */
    @Test
    void aSyllableBeginsWithItsParts() {
        assertThat(SearchWords.of("한").iterator().next())
                .startsWith(SearchWords.of("하").iterator().next());
    }

    @Test
    void aWordIsAsLongAsTheIndexTakesIt() {
        assertThat(SearchWords.of("\uFDFA".repeat(80))).isNotEmpty().allSatisfy(word -> assertThat(
                        word.codePointCount(0, word.length()))
                .isLessThanOrEqualTo(64));
        assertThat(SearchWords.of("ﬃ".repeat(80))).containsExactly("ffi".repeat(21) + "f");
    }

    @Test
    void aSearchIsItsWords() {
        assertThat(SearchWords.sought("Lové o'N\\ |")).containsExactly("love", "o", "n", "|");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "-", "...", "'", "\u0301", "\u200D"})
    void aSearchWithoutAWordFindsNothing(String search) {
        assertThat(SearchWords.sought(search)).isEmpty();
    }

    @Test
    void aSearchHasABound() {
        assertThat(SearchWords.sought("a b c d e f g h i j k l")).hasSize(10);
    }
}
