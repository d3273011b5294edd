package dev.laurel.cli.backup;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands on backups. */
@Command(
        name = "backup",
        description = "Make a backup, list, verify and restore backups",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BackupCreateCommand.class,
            BackupListCommand.class,
            BackupVerifyCommand.class,
            BackupRestoreCommand.class,
            BackupDeleteCommand.class
        })
public final class BackupCommand implements Runnable {
    static final String PATH = "api/v1/admin/backups";

    @Spec
    private CommandSpec spec;

    // For picocli.
    BackupCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: create, list, verify, restore or delete");
    }
}
