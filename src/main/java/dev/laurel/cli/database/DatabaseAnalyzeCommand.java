package dev.laurel.cli.database;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.Figures;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import dev.laurel.cli.service.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Shows where the database spends its time and space, and what could be done about it. */
@Command(
        name = "analyze",
        description =
                "Where the database spends its time and space: tables, indexes that do not pay, slow statements, and what "
                        + "could be done. Changes nothing; laurel database optimize --analyze gathers the planner's statistics.",
        mixinStandardHelpOptions = true)
final class DatabaseAnalyzeCommand implements Callable<Integer> {
    private static final int LONGEST = 80;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--tables",
            paramLabel = "N",
            description = "Tables to show, largest first; default: 10",
            defaultValue = "10")
    private int tables;

    @Option(
            names = "--explain",
            paramLabel = "ID",
            description = "Only how PostgreSQL would carry out this statement, a plain SELECT among the slow ones")
    private String statement;

    // For picocli.
    DatabaseAnalyzeCommand() {}

    @Override
    public Integer call() {
        if (statement != null) {
            JsonNode plan = service.client()
                    .get(DatabaseCommand.PATH + "/statements/" + ServiceClient.encoded(statement) + "/plan");
            output.print(spec.commandLine().getOut(), plan, () -> explained(plan));
            return ExitCode.OK;
        }
        JsonNode state = service.client().get(DatabaseCommand.PATH);
        output.print(spec.commandLine().getOut(), state, () -> text(state));
        return ExitCode.OK;
    }

    private static String explained(JsonNode plan) {
        List<String> lines = new ArrayList<>(List.of(plan.path("text").asText(), ""));
        plan.path("plan").forEach(line -> lines.add(line.asText()));
        return String.join("\n", lines);
    }

    private String text(JsonNode state) {
        List<String> parts = new ArrayList<>(List.of(server(state), tables(state)));
        String costly = costly(state);
        if (!costly.isEmpty()) {
            parts.add("Indexes that do not pay:\n" + costly);
        }
        if (!state.path("slowStatements").isEmpty()) {
            parts.add("Statements that cost most altogether:\n" + statements(state));
        }
        parts.add(suggestions(state));
        return String.join("\n\n", parts);
    }

    private static String server(JsonNode state) {
        return "PostgreSQL " + state.path("version").asText() + ", "
                + Figures.bytes(state.path("databaseBytes").asLong()) + ", "
                + (state.has("hitRate")
                        ? Figures.percent(state.path("hitRate").asDouble()) + " of blocks found in memory, "
                        : "")
                + state.path("connections").asText() + " of "
                + state.path("maxConnections").asText() + " connections";
    }

    private String tables(JsonNode state) {
        TextTable table = new TextTable()
                .words("table")
                .numbers("rows")
                .numbers("dead")
                .numbers("size")
                .numbers("empty")
                .words("needs");
        int shown = 0;
        for (JsonNode one : state.path("tables")) {
            if (shown++ >= tables) {
                break;
            }
            table.row(
                    one.path("name").asText(),
                    Figures.count(one.path("rows").asLong()),
                    Figures.count(one.path("deadRows").asLong()),
                    Figures.bytes(one.path("bytes").asLong()),
                    one.has("bloatBytes") ? Figures.bytes(one.path("bloatBytes").asLong()) : "-",
                    needs(one));
        }
        return table.toString();
    }

    private static String needs(JsonNode table) {
        List<String> needs = new ArrayList<>();
        if (table.path("needsVacuum").asBoolean()) {
            needs.add("vacuum");
        }
        if (table.path("needsAnalyze").asBoolean()) {
            needs.add("analyze");
        }
        return needs.isEmpty() ? "-" : String.join(", ", needs);
    }

    /** Those that nobody relies on and nothing uses, or that another one makes superfluous. */
    private static String costly(JsonNode state) {
        List<String> lines = new ArrayList<>();
        for (JsonNode index : state.path("indexes")) {
            boolean own = index.has("serves") || index.path("constraint").asBoolean();
            if (!own && (index.has("coveredBy") || index.path("unused").asBoolean())) {
                lines.add("  " + index.path("name").asText() + " on "
                        + index.path("table").asText() + ", "
                        + Figures.bytes(index.path("bytes").asLong()) + ", "
                        + Figures.count(index.path("writes").asLong()) + " writes, "
                        + (index.has("coveredBy")
                                ? "covered by " + index.path("coveredBy").asText()
                                : "never used"));
            }
        }
        return String.join("\n", lines);
    }

    private static String statements(JsonNode state) {
        TextTable table = new TextTable()
                .words("id")
                .numbers("calls")
                .numbers("mean")
                .numbers("total")
                .words("statement");
        state.path("slowStatements")
                .forEach(one -> table.row(
                        one.path("id").asText(),
                        Figures.count(one.path("calls").asLong()),
                        Math.round(one.path("meanMs").asDouble() * 10) / 10.0 + " ms",
                        Figures.duration(Math.round(one.path("totalMs").asDouble())),
                        shortened(one.path("text").asText())));
        return table.toString();
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    private static String suggestions(JsonNode state) {
        List<String> lines = new ArrayList<>();
        state.path("suggestions").forEach(suggestion -> lines.add("- " + suggestion.asText()));
        return lines.isEmpty() ? "Nothing to do" : String.join("\n", lines);
    }
}
