package dev.laurel.cli.backup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.laurel.cli.service.Author;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** Removes a backup. */
@Command(name = "delete", description = "Remove a backup", mixinStandardHelpOptions = true)
final class BackupDeleteCommand implements Callable<Integer> {
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
    BackupDeleteCommand() {}

    @Override
    public Integer call() {
        service.client().delete(BackupWait.because(BackupWait.path(backup), author, "laurel backup delete"));
        output.print(
                spec.commandLine().getOut(),
                JsonNodeFactory.instance.objectNode().put("deleted", backup),
                () -> "Backup " + backup + " is gone");
        return 0;
    }
}
