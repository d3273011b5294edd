package dev.laurel.cli.backup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.Author;
import dev.laurel.cli.service.Figures;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** Makes a backup. */
@Command(
        name = "create",
        description = "Make a backup of everything that the service stores, and wait until it is complete",
        mixinStandardHelpOptions = true)
final class BackupCreateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Mixin
    private Author author;

    @Option(names = "--no-wait", description = "Do not wait for the end")
    private boolean noWait;

    // For picocli.
    BackupCreateCommand() {}

    @Override
    public Integer call() {
        ServiceClient client = service.client();
        JsonNode begun = client.post(BackupWait.because(BackupCommand.PATH, author, "laurel backup create"), null);
        if (noWait) {
            output.print(spec.commandLine().getOut(), begun, () -> "Backup " + id(begun) + " has begun");
            return 0;
        }
        JsonNode ended = new BackupWait(client, !output.json()).end(begun, BackupWait.path(id(begun)));
        output.print(spec.commandLine().getOut(), ended, () -> text(ended));
        return BackupWait.code(ended, "COMPLETE");
    }

    private static String id(JsonNode backup) {
        return backup.path("id").asText();
    }

    private static String text(JsonNode backup) {
        if (!"COMPLETE".equals(backup.path("state").asText())) {
            return "Backup " + id(backup) + " has failed: "
                    + backup.path("problem").asText();
        }
        return "Backup " + id(backup) + " is complete: "
                + Figures.count(backup.path("rows").asLong()) + " rows, "
                + Figures.bytes(backup.path("bytes").asLong()) + " in "
                + backup.path("files").asInt() + " files"
                + (backup.path("encrypted").asBoolean() ? ", encrypted" : "");
    }
}
