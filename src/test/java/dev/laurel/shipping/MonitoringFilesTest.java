package dev.laurel.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Alerts and dashboard are whole; that their metrics exist is asked of the running service. */
class MonitoringFilesTest {
    private static final Pattern METRIC =
            Pattern.compile("\\b(laurel|http_server|jvm|process|system|cache|sql_pool)[_:][a-z0-9_:]+\\{?[a-z=]*");

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
                .allMatch(selector -> selector.contains("{namespace=")));
    }

    @Test
    void everyPanelHasATitleAndAQuestion() {
        JsonNode all = MonitoringFiles.dashboard().path("panels");

        assertThat(all)
                .allSatisfy(panel -> assertThat(panel.path("title").asText()).isNotBlank());
        assertThat(MonitoringFiles.panels(false))
                .hasSizeGreaterThan(5)
                .allSatisfy(panel -> assertThat(panel.path("targets")).isNotEmpty());
        assertThat(all).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    }

    @Test
    void theFirstRowIsAboutTheObjectives() {
        assertThat(MonitoringFiles.dashboard().at("/panels/0/title").asText()).isEqualTo("Service-level objectives");
        assertThat(MonitoringFiles.panels(true))
                .extracting(panel -> panel.path("title").asText())
                .containsExactly(
                        "Service-level objectives",
                        "Requests",
                        "Caches",
                        "Stores",
                        "Lanes",
                        "Followers",
                        "Jobs",
                        "Imports and exports",
                        "Access and limits",
                        "Processes");
    }

    @Test
    void panelsDoNotOverlap() {
        Set<String> taken = new HashSet<>();
        for (JsonNode panel : MonitoringFiles.dashboard().path("panels")) {
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    String cell =
                            place.path("x").asInt() + x + "," + (place.path("y").asInt() + y);
                    assertThat(taken.add(cell))
                            .as("%s at %s", panel.path("title"), cell)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void whatAlertsCompareIsRecorded() {
        assertThat(MonitoringFiles.recordings())
                .extracting(rule -> rule.path("record").asText())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(MonitoringFiles.recordedAskedFor());
    }

    @Test
    void eachObjectiveHasAFastAndASlowAlert() {
        assertThat(MonitoringFiles.alerts())
                .extracting(alert -> alert.path("alert").asText())
                .contains(
                        "LaurelAvailabilityBurnFast",
                        "LaurelAvailabilityBurnSlow",
                        "LaurelReadsBurnFast",
                        "LaurelReadsBurnSlow",
                        "LaurelSubmissionsBurnFast",
                        "LaurelSubmissionsBurnSlow");
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
