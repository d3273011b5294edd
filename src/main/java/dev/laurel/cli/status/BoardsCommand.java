package dev.laurel.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import dev.laurel.cli.service.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Option(names = "--page", paramLabel = "N", description = "Page of the list, from 1")
    private Integer page;

    @Option(names = "--limit", paramLabel = "N", description = "Boards on a page; default: 50")
    private Integer limit;

    // For picocli.
    BoardsCommand() {}

    @Override
    public Integer call() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("page", page == null ? null : page.toString());
        query.put("limit", limit == null ? null : limit.toString());
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
        JsonNode pagination = found.path("pagination");
        return table + "\nPage " + pagination.path("page").asText() + " of "
                + Math.max(1, pagination.path("pages").asLong()) + "; "
                + pagination.path("total").asText() + " boards";
    }

    private static String periods(JsonNode board) {
        StringJoiner periods = new StringJoiner(" ");
        board.path("periods").forEach(period -> periods.add(period.asText().toLowerCase(Locale.ROOT)));
        return periods.toString();
    }
}
