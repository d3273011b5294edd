package dev.laurel.shipping;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The questions that alerts and the dashboard ask Prometheus. */
public final class MonitoringFiles {
    private static final Path FOLDER = Path.of("k8s/components/monitoring");
    private static final Pattern SELECTOR = Pattern.compile("([a-z_][a-z0-9_:]*)\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(=~|!~|!=|=)\"");

    /** Labels that Prometheus adds, or that belong to each bucket of a histogram. */
    private static final Set<String> ADDED = Set.of("namespace", "job", "pod", "le");

    private MonitoringFiles() {}

    /** The metrics that are asked for, such as {@code laurel_score_events_total}, with the labels that select among them. */
    public static Map<String, Set<String>> metrics() {
        Map<String, Set<String>> metrics = new TreeMap<>();
        selectors().filter(found -> !isRecorded(found.group(1))).forEach(found -> {
            Set<String> labels = metrics.computeIfAbsent(found.group(1), name -> new TreeSet<>());
            LABEL.matcher(found.group(2)).results().map(label -> label.group(1)).forEach(labels::add);
            labels.removeAll(ADDED);
        });
        return metrics;
    }

    /** Names of what rules record, as they are asked for. */
    static Set<String> recordedAskedFor() {
        Set<String> names = new TreeSet<>();
        selectors()
                .map(found -> found.group(1))
                .filter(MonitoringFiles::isRecorded)
                .forEach(names::add);
        return names;
    }

    private static boolean isRecorded(String name) {
        return name.contains(":");
    }

    private static Stream<MatchResult> selectors() {
        return expressions().stream()
                .flatMap(expression -> SELECTOR.matcher(expression).results());
    }

    static List<String> expressions() {
        List<String> expressions = new ArrayList<>();
        groups().findValuesAsText("expr").forEach(expressions::add);
        dashboard().findValuesAsText("expr").forEach(expressions::add);
        return expressions;
    }

    static List<JsonNode> alerts() {
        return List.copyOf(groups().findParents("alert"));
    }

    /** Rules that compute a ratio once for several alerts. */
    static List<JsonNode> recordings() {
        return List.copyOf(groups().findParents("record"));
    }

    private static JsonNode groups() {
        return YamlFile.read(FOLDER.resolve("alerts.yaml")).at("/spec/groups");
    }

    /** JSON is YAML too. */
    static JsonNode dashboard() {
        return YamlFile.read(FOLDER.resolve("dashboard.json"));
    }

    static List<JsonNode> panels(boolean rows) {
        return StreamSupport.stream(dashboard().path("panels").spliterator(), false)
                .filter(panel -> panel.path("type").asText().equals("row") == rows)
                .toList();
    }
}
