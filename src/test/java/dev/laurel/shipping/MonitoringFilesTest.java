package dev.laurel.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Alerts and dashboard are whole; that their metrics exist is asked of the running service. */
class MonitoringFilesTest {
    private static final Pattern METRIC =
            Pattern.compile("\\b(laurel|http_server|jvm|process|system|cache)_[a-z_]+\\{?[a-z=]*");

    @Test
    void everyAlertSaysWhatItIsAbout() {
        assertThat(MonitoringFiles.alerts()).hasSizeGreaterThan(5).allSatisfy(alert -> {
            assertThat(alert.path("expr").asText()).isNotBlank();
            assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).isNotBlank();
        });
        assertThat(MonitoringFiles.alerts())
                .extracting(alert -> alert.path("alert").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void everyQuestionIsAboutOneNamespace() {
        assertThat(MonitoringFiles.expressions()).allSatisfy(expression -> assertThat(
                        METRIC.matcher(expression).results().map(MatchResult::group))
                .isNotEmpty()
                .allMatch(selector -> selector.contains("{namespace=")));
    }

    @Test
    void everyPanelHasATitleAndAQuestion() {
        JsonNode panels = MonitoringFiles.dashboard().path("panels");

        assertThat(panels).hasSizeGreaterThan(5).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty();
        });
        assertThat(panels).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    }

    @Test
    void bracketsArePaired() {
        assertThat(MonitoringFiles.expressions()).isNotEmpty().allSatisfy(expression -> {
            assertThat(expression.chars().filter(c -> c == '(').count())
                    .as(expression)
                    .isEqualTo(expression.chars().filter(c -> c == ')').count());
            assertThat(expression.chars().filter(c -> c == '{').count())
                    .as(expression)
                    .isEqualTo(expression.chars().filter(c -> c == '}').count());
        });
    }
}
