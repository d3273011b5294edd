package dev.laurel.cli.backup;

import com.fasterxml.jackson.databind.JsonNode;
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

/** Verifies a backup. */
@Command(
        name = "verify",
        description = "Read a backup to its end, and say whether it is as it was written; ends with 1 if not",
        mixinStandardHelpOptions = true)
final class BackupVerifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "BACKUP", description = "As laurel backup list shows it")
    private String backup;

    // For picocli.
    BackupVerifyCommand() {}

    @Override
    public Integer call() {
        ServiceClient client = service.client();
        String path = BackupWait.path(backup) + "/verify";
        JsonNode ended = new BackupWait(client, !output.json()).end(client.post(path, null), path);
        output.print(spec.commandLine().getOut(), ended, () -> text(ended));
        return BackupWait.code(ended, "DONE");
    }

    private String text(JsonNode ended) {
        return "DONE".equals(ended.path("state").asText())
                ? "[OK] Backup " + backup + ": "
                        + Figures.count(ended.path("rows").asLong()) + " rows, as they were written"
                : "[DAMAGED] Backup " + backup + ": " + BackupWait.faults(ended);
    }
}
