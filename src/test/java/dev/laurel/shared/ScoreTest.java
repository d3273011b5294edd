package dev.laurel.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.shared.LaurelException.InvalidInput;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;

/** Numbers as people write them become exact units, or are refused with their field named. */
class ScoreTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "-0, 0, 0",
        "12, 0, 12",
        "-3.5, 1, -35",
        "0.25, 2, 25",
        "12.345, 3, 12345",
        "12.3, 3, 12300",
        "1.500, 1, 15",
        "7.000000, 0, 7",
        "0.000001, 6, 1",
        "007, 0, 7"
    })
    void aNumberBecomesUnits(String text, int decimals, long units) {
        assertThat(Score.parse("score", text, decimals)).isEqualTo(units);
    }

    @ParameterizedTest
    @DisplayName("trap 4: exact up to 2^53 - 1 on both sides, refused beyond")
    @CsvSource({"9007199254740991, 0", "90071992547409.91, 2", "9007199254.740991, 6"})
    void theLargestScoreIsExactAndTheNextOneRefused(String largest, int decimals) {
        String beyond = new BigDecimal(largest)
                .add(BigDecimal.ONE.movePointLeft(decimals))
                .toPlainString();

        assertThat(Score.parse("score", largest, decimals)).isEqualTo(Score.MAX);
        assertThat(Score.parse("score", "-" + largest, decimals)).isEqualTo(Score.MIN);
        assertRefused(beyond, decimals);
        assertRefused("-" + beyond, decimals);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "-.",
                ".5",
                "5.",
                "1.2.3",
                "+1",
                "1e3",
                "1E3",
                "NaN",
                "Infinity",
                "0x10",
                " 1",
                "1 ",
                "1_000",
                "1,5",
                "١",
                "--1",
                "99999999999999999999",
                "999999999999999999999999999999999999"
            })
    void whatIsNoPlainNumberInRangeIsRefused(String text) {
        assertRefused(text, 0);
    }

    @Test
    void tooManyDecimalsAndNothingAtAllAreRefused() {
        assertRefused("0.5", 0);
        assertRefused("12.345", 2);
        assertRefused(null, 2);
    }

    @Test
    void unitsAreShownWithTheBoardsDecimals() {
        assertThat(Score.toNumber(-1, 0)).isEqualTo(-1L);
        assertThat(Score.toNumber(12_345, 3)).isEqualTo(new BigDecimal("12.345"));
        assertThat(Score.toNumber(Score.MIN, 6)).isEqualTo(new BigDecimal("-9007199254.740991"));
    }

    private static void assertRefused(String text, int decimals) {
        assertThatThrownBy(() -> Score.parse("points", text, decimals))
                .as("%s with %d decimals", text, decimals)
                .isInstanceOfSatisfying(InvalidInput.class, refusal -> assertThat(refusal.errors())
                        .singleElement()
                        .extracting(FieldError::field)
                        .isEqualTo("points"));
    }
}
