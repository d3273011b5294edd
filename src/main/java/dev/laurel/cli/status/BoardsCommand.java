package dev.laurel.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.PageOptions;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import dev.laurel.cli.service.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;

/** Lists boards. */
@Command(name = "boards", description = "The boards of the service, by name", mixinStandardHelpOptions = true)
public final class BoardsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Mixin
    private PageOptions pages;

    // For picocli.
    BoardsCommand() {}

    @Override
    public Integer call() {
        Map<String, String> query = new LinkedHashMap<>();
        pages.addTo(query);
        JsonNode found = service.client().get(ServiceClient.query("api/v1/boards", query));
        output.print(spec.commandLine().getOut(), found, () -> text(found));
        return ExitCode.OK;
    }

    private static String text(JsonNode found) {
        TextTable table = new TextTable()
                .words("board")
                .words("title")
                .words("operator")
                .words("order")
                .words("zone")
                .words("periods");
        found.path("items")
                .forEach(board -> table.row(
                        board.path("id").asText(),
                        board.path("title").asText(),
                        board.path("operator").asText().toLowerCase(Locale.ROOT),
                        board.path("order").asText().toLowerCase(Locale.ROOT),
                        board.path("zone").asText(),
                        periods(board)));
        return table + "\n" + PageOptions.footer(found, "boards");
    }

    private static String periods(JsonNode board) {
        StringJoiner periods = new StringJoiner(" ");
        board.path("periods").forEach(period -> periods.add(period.asText().toLowerCase(Locale.ROOT)));
        return periods.toString();
    }
}
