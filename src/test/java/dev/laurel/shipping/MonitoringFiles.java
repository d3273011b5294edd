package dev.laurel.shipping;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The questions that alerts and the dashboard ask Prometheus. */
public final class MonitoringFiles {
    private static final Path FOLDER = Path.of("k8s/components/monitoring");
    private static final Pattern OWN_NAME = Pattern.compile("laurel_[a-z_]+");

    private MonitoringFiles() {}

    /** Names of the service's own metrics, such as {@code laurel_score_events_total}. */
    public static Set<String> ownNames() {
        Set<String> names = new TreeSet<>();
        expressions()
                .forEach(expression ->
                        OWN_NAME.matcher(expression).results().forEach(result -> names.add(result.group())));
        return names;
    }

    static List<String> expressions() {
        List<String> expressions = new ArrayList<>();
        for (JsonNode rule : alerts()) {
            expressions.add(rule.path("expr").asText());
        }
        dashboard().findValuesAsText("expr").forEach(expressions::add);
        return expressions;
    }

    static List<JsonNode> alerts() {
        return List.copyOf(YamlFile.read(FOLDER.resolve("alerts.yaml"))
                .at("/spec/groups/0/rules")
                .findParents("alert"));
    }

    /** JSON is YAML too. */
    static JsonNode dashboard() {
        return YamlFile.read(FOLDER.resolve("dashboard.json"));
    }
}
