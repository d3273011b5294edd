package dev.laurel.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.shared.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Links of the documents lead somewhere, the README stays short, and every setting is described. */
class DocumentsTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([a-z.-]+)\"\\)");
    private static final Pattern SETTING = Pattern.compile("(?m)^    [A-Za-z][\\w<>]* (\\w+)\\(\\);");

    /** What a stranger reads before deciding. */
    private static final int WORDS_OF_README = 1_100;

    static List<Path> documents() {
        return Stream.concat(
                        Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
                                .map(Path::of),
                        YamlFile.below(Path.of("docs"), ".md").stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Path document) {
        List<String> links = LINK.matcher(YamlFile.text(document))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.contains("://"))
                .toList();

        assertThat(links).allSatisfy(link -> {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? document
                    : document.resolveSibling(parts[0]).normalize();
            assertThat(target).as("%s of %s", link, document).exists();
            if (parts.length == 2) {
                assertThat(headings(target)).as("%s of %s", link, document).contains(parts[1]);
            }
        });
    }

    @Test
    void theReadmeIsShort() {
        assertThat(YamlFile.text(Path.of("README.md")).split("\\s+")).hasSizeLessThan(WORDS_OF_README);
    }

    @Test
    void everySettingIsDescribed() {
        String described = YamlFile.text(Path.of("docs/configuration.md"));
        List<String> settings = settings();

        assertThat(settings).contains("laurel.score.max-batch", "laurel.postgres.job-deadline", "laurel.redis.prefix");
        assertThat(settings).allSatisfy(setting -> {
            // A row may describe two: `laurel.redis.back-off`, `.max-back-off`.
            String last = setting.substring(setting.lastIndexOf('.'));
            assertThat(described.contains("`" + setting + "`")
                            || described
                                    .lines()
                                    .anyMatch(line -> line.contains("`" + last + "`")
                                            && line.contains(setting.substring(0, setting.lastIndexOf('.')))))
                    .as("%s is described in docs/configuration.md", setting)
                    .isTrue();
        });
    }

    @Test
    void everyErrorIsDescribed() {
        String described = YamlFile.text(Path.of("docs/api.md"));

        assertThat(ErrorCode.values())
                .allSatisfy(code -> assertThat(described).contains("`" + code + "`", Integer.toString(code.status())));
    }

    private static List<String> settings() {
        List<String> settings = new ArrayList<>();
        for (Path source : YamlFile.below(SOURCES, "Config.java")) {
            String code = YamlFile.text(source);
            List<String> prefix =
                    PREFIX.matcher(code).results().map(found -> found.group(1)).toList();
            if (!prefix.isEmpty()) {
                SETTING.matcher(code)
                        .results()
                        .map(setting -> setting.group(1))
                        .forEach(name -> settings.add(prefix.get(0) + "." + kebab(name)));
            }
        }
        return settings;
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The anchors that a forge makes of headings. */
    private static List<String> headings(Path document) {
        return HEADING.matcher(YamlFile.text(document))
                .results()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toList());
    }
}
