package dev.laurel.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The bar of long work, and figures as people read them. */
class ProgressBarTest {
    @Test
    void aShorterLineCoversALongerOneAndTheEndTakesItAway() {
        ByteArrayOutputStream drawn = new ByteArrayOutputStream();
        try (ProgressBar bar = new ProgressBar(new PrintStream(drawn, true, StandardCharsets.UTF_8))) {
            bar.draw(0.5, "1,000 rows");
            bar.draw(1.7, "all");
        }

        String[] lines = drawn.toString(StandardCharsets.UTF_8).split("\r");
        assertThat(lines[1]).isEqualTo("[###############---------------] 50 %  1,000 rows");
        assertThat(lines[2])
                .startsWith("[##############################] 100 %  all")
                .hasSize(lines[1].length());
        assertThat(lines[3]).isBlank().hasSizeLessThanOrEqualTo(lines[1].length());
    }

    @Test
    void whereNobodyLooksNothingIsDrawn() {
        try (ProgressBar bar = ProgressBar.onTerminal(false)) {
            bar.draw(0.5, "rows");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0 ms", "999, 999 ms", "1000, 1.0 s", "59949, 59.9 s", "60000, 1:00", "3723000, 1:02:03"})
    void durationsAreShort(long millis, String text) {
        assertThat(Figures.duration(millis)).isEqualTo(text);
    }
}
