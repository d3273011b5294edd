package dev.laurel.shared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Random;

/** No cell is a formula, and every text can be had back. */
class CsvCellsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ada|ada",
                "ada, the first|\"ada, the first\"",
                "the \"first\"|\"the \"\"first\"\"\"",
                "=1+1|'=1+1",
                "@ada|'@ada",
                "-5|'-5",
                "+49|'+49",
                "'=1|''=1",
                "'ada|'ada",
                "'|'",
            })
    void aCellIsWrittenSafely(String text, String cell) {
        assertThat(CsvCells.cell(text)).isEqualTo(cell);
    }

    @Test
    void whatIsEscapedComesBack() {
        Random random = new Random(1);
        for (int round = 0; round < 10_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                text.append("''=+-@a\t\r".charAt(random.nextInt(9)));
            }
            String escaped = CsvCells.escaped(text.toString());

            assertThat(escaped).doesNotMatch("(?s)[=+\\-@\t\r].*");
            assertThat(CsvCells.unescaped(escaped)).isEqualTo(text.toString());
        }
    }
}
