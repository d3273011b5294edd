package dev.laurel.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Optional;

class MarkdownExampleTest {
    private static final String LOOP =
            "for n in 1 2 3; do curl -s localhost:8080/a && break; sleep 1; done\n" + "curl -s localhost:8080/b\n";

    /** They were skipped once, and so was the answer below them. */
    @Test
    void blocksThatWaitAreExamples() {
        assertThat(MarkdownExample.of(block("sh", LOOP) + "\n" + block("json", "{}\n")))
                .containsExactly(new MarkdownExample(LOOP, Optional.of("{}\n")));
    }

    @Test
    void blocksThatNeedMoreThanTheServiceAreNot() {
        assertThat(MarkdownExample.of(block("sh", "mvn verify\n") + block("json", "{}\n") + block("sql", "SELECT 1\n")))
                .isEmpty();
        assertThat(MarkdownExample.of(block("sh", "# from a table\npsql -c x >rows\ncurl -s localhost:8080\n")))
                .isEmpty();
    }

    private static String block(String language, String text) {
        return "```" + language + "\n" + text + "```\n";
    }
}
