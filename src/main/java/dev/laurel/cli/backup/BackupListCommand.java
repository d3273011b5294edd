package dev.laurel.cli.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.Figures;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ServiceOptions;
import dev.laurel.cli.service.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** Lists backups. */
@Command(name = "list", description = "The backups there are, newest first", mixinStandardHelpOptions = true)
final class BackupListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    // For picocli.
    BackupListCommand() {}

    @Override
    public Integer call() {
        JsonNode backups = service.client().get(BackupCommand.PATH);
        output.print(spec.commandLine().getOut(), backups, () -> text(backups));
        return 0;
    }

    private static String text(JsonNode backups) {
        if (backups.path("items").isEmpty()) {
            return "There are no backups";
        }
        TextTable table = new TextTable()
                .words("backup")
                .words("state")
                .numbers("rows")
                .numbers("size")
                .words("encrypted")
                .words("schema");
        StringBuilder problems = new StringBuilder();
        backups.path("items").forEach(backup -> {
            boolean complete = backup.has("bytes");
            table.row(
                    backup.path("id").asText(),
                    backup.path("state").asText(),
                    backup.has("rows") ? Figures.count(backup.path("rows").asLong()) : "-",
                    complete ? Figures.bytes(backup.path("bytes").asLong()) : "-",
                    complete ? backup.path("encrypted").asBoolean() ? "yes" : "no" : "-",
                    backup.path("schema").asText("-"));
            if (backup.has("problem")) {
                problems.append("\n- ")
                        .append(backup.path("id").asText())
                        .append(": ")
                        .append(backup.path("problem").asText());
            }
        });
        return table.toString() + problems;
    }
}
