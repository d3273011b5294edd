package dev.laurel.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The table of traps names the tests that hold them: those whose display names begin with the trap. */
class TrapsTest {
    private static final Path TESTS = Path.of("src/test/java");
    private static final Path TABLE = Path.of("docs/traps.md");
    private static final Pattern HELD =
            Pattern.compile("@DisplayName\\(\\s*\"trap (\\d+):[^\"]*\"\\s*\\)(?s:.*?)\\bvoid (\\w+)\\(");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    @Test
    void everyTestOfATrapIsInTheTableAndNoOther() {
        Set<String> held = YamlFile.below(TESTS, "Test.java").stream()
                .flatMap(file -> HELD.matcher(YamlFile.text(file))
                        .results()
                        .map(test -> test.group(1) + " " + className(file) + "." + test.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = rows().stream()
                .flatMap(row -> TEST.matcher(row.group())
                        .results()
                        .map(test -> row.group(1) + " " + test.group(1) + "." + test.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(held).hasSizeGreaterThan(40);
        assertThat(listed).isEqualTo(held);
    }

    @Test
    void theTrapsAreNumbered() {
        List<MatchResult> rows = rows();

        assertThat(rows.stream().map(row -> Integer.valueOf(row.group(1))))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, rows.size()).boxed().toList());
    }

    private static List<MatchResult> rows() {
        return ROW.matcher(YamlFile.text(TABLE)).results().toList();
    }

    private static String className(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }
}
