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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** Restores a backup. */
@Command(
        name = "restore",
        description = "Restore a backup into a service that is empty, and wait until it is loaded and compared",
        mixinStandardHelpOptions = true)
final class BackupRestoreCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Mixin
    private Author author;

    @Parameters(paramLabel = "BACKUP", description = "As laurel backup list shows it")
    private String backup;

    // For picocli.
    BackupRestoreCommand() {}

    @Override
    public Integer call() {
        ServiceClient client = service.client();
        String path = BackupWait.path(backup) + "/restore";
        JsonNode begun = client.post(BackupWait.because(path, author, "laurel backup restore"), null);
        JsonNode ended = new BackupWait(client, !output.json()).end(begun, path);
        output.print(spec.commandLine().getOut(), ended, () -> text(ended));
        return BackupWait.code(ended, "DONE");
    }

    private String text(JsonNode ended) {
        if (!"DONE".equals(ended.path("state").asText())) {
            return "Backup " + backup + " was not restored: " + BackupWait.faults(ended);
        }
        JsonNode shown = ended.path("shown");
        JsonNode audit = shown.path("audit");
        String restored = "Backup " + backup + " is restored: "
                + Figures.count(ended.path("rows").asLong()) + " rows, "
                + Figures.count(shown.path("boards").asLong()) + " boards, "
                + Figures.count(shown.path("windows").asLong()) + " windows in Redis";
        return audit.isMissingNode()
                ? restored + "\n" + shown.path("problem").asText()
                : restored + "\nBoth stores compared: "
                        + Figures.count(audit.path("rowsCompared").asLong()) + " rows, "
                        + Figures.count(audit.path("rowsDifferent").asLong()) + " different";
    }
}
