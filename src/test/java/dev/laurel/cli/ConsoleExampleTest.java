package dev.laurel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Which outputs pass for that of a document. */
class ConsoleExampleTest {
    @Test
    void figuresAndAlignmentMayDifferAndNothingElse() {
        ConsoleExample example =
                new ConsoleExample(List.of("cache"), List.of("read   first", "…", "top 10  1.8 ms  [OK]", "", "end"));

        assertThat(example.matches("read first\ntop 10   1,200 s  [SLOW]\n\nend\n"))
                .isTrue();
        assertThat(example.matches("read first\nx\ny\ntop 100  12 ms  [OK]\n\nend"))
                .isTrue();
        assertThat(example.matches("read first\ntop ten  1.8 ms  [OK]\n\nend")).isFalse();
        assertThat(example.matches("read first\ntop 10  1.8 ms  [OK]\nend")).isFalse();
        assertThat(example.matches("read first\ntop 10  1.8 ms  [OK]\n\nend\nmore"))
                .isFalse();
        assertThat(example.matches("")).isFalse();
    }

    @Test
    void theDocumentOfTheCommandsHasSome() {
        Path document = Path.of("docs/command-line.md");

        assertThat(document).matches(Files::isReadable);
        assertThat(ConsoleExample.of(document))
                .hasSizeGreaterThan(8)
                .allSatisfy(example -> assertThat(example.printed()).isNotEmpty());
    }
}
