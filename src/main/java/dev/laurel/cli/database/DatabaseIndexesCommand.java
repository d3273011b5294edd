package dev.laurel.cli.database;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.Figures;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ServiceOptions;
import dev.laurel.cli.service.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** Lists indexes with the query each serves, and what could be improved. */
@Command(
        name = "indexes",
        description =
                "The indexes of the database: whether each can be used, its size, its use and what it costs writes, and the query that it serves",
        mixinStandardHelpOptions = true)
final class DatabaseIndexesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Option(names = "--all", description = "Also those of keys and other constraints")
    private boolean all;

    // For picocli.
    DatabaseIndexesCommand() {}

    @Override
    public Integer call() {
        JsonNode state = service.client().get(DatabaseCommand.PATH);
        output.print(spec.commandLine().getOut(), state, () -> text(state));
        return isComplete(state) ? ExitCode.OK : ExitCode.FAILED;
    }

    private static boolean isComplete(JsonNode state) {
        for (JsonNode index : state.path("indexes")) {
            if (!"VALID".equals(index.path("state").asText())) {
                return false;
            }
        }
        return true;
    }

    private static String state(JsonNode index) {
        String state = index.path("state").asText();
        return "VALID".equals(state) ? "OK" : state;
    }

    private String text(JsonNode state) {
        TextTable table = new TextTable()
                .words("index")
                .words("table")
                .words("state")
                .numbers("size")
                .numbers("scans")
                .numbers("writes")
                .words("serves");
        state.path("indexes").forEach(index -> {
            if (all || !index.path("constraint").asBoolean()) {
                table.row(
                        index.path("name").asText(),
                        index.path("table").asText(),
                        "[" + state(index) + "]",
                        Figures.bytes(index.path("bytes").asLong()),
                        Figures.count(index.path("scans").asLong()),
                        Figures.count(index.path("writes").asLong()),
                        index.path("serves").asText("-"));
            }
        });
        StringBuilder text = new StringBuilder(table.toString());
        state.path("suggestions").forEach(suggestion -> text.append("\n- ").append(suggestion.asText()));
        return text.toString();
    }
}
