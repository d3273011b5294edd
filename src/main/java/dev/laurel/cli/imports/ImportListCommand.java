package dev.laurel.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.PageOptions;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Lists imports, newest first. */
@Command(name = "list", description = "The history of imports, newest first", mixinStandardHelpOptions = true)
final class ImportListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Option(names = "--board", paramLabel = "BOARD", description = "Only those of this board")
    private String board;

    @Option(names = "--season", paramLabel = "SEASON", description = "Only those of this season")
    private String season;

    @Option(names = "--state", paramLabel = "STATE", description = "Only those in this state, such as running or done")
    private String state;

    @Mixin
    private PageOptions pages;

    // For picocli.
    ImportListCommand() {}

    @Override
    public Integer call() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("board", board);
        query.put("season", season);
        query.put("state", state == null ? null : state.toUpperCase(Locale.ROOT));
        pages.addTo(query);
        JsonNode found = service.client().get(ServiceClient.query(ImportPaths.ALL, query));
        output.print(spec.commandLine().getOut(), found, () -> text(found));
        return ExitCode.OK;
    }

    private static String text(JsonNode found) {
        StringBuilder text = new StringBuilder(ImportText.head());
        found.path("items").forEach(job -> text.append('\n').append(ImportText.line(job)));
        return text.append('\n').append(PageOptions.footer(found, "imports")).toString();
    }
}
