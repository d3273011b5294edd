package dev.laurel.cli;

import dev.laurel.cli.backup.BackupCommand;
import dev.laurel.cli.cache.CacheCommand;
import dev.laurel.cli.database.DatabaseCommand;
import dev.laurel.cli.export.ExportCommand;
import dev.laurel.cli.imports.ImportCommand;
import dev.laurel.cli.keys.KeysCommand;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.status.BoardsCommand;
import dev.laurel.cli.status.StatusCommand;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** All commands. A further one is a class of its own in a package of {@code cli}, and one more line here. */
@Command(
        name = "laurel",
        description = "A client of a running leaderboard service.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StatusCommand.class,
            BoardsCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            CacheCommand.class,
            DatabaseCommand.class,
            BackupCommand.class,
            KeysCommand.class,
            GenerateCompletion.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.OK + ":done",
            ExitCode.FAILED + ":the service has refused it, or it has failed",
            ExitCode.USAGE + ":the command line is wrong, or a file cannot be read or written",
            ExitCode.UNAVAILABLE + ":the service does not answer, or is too busy: try again",
            ExitCode.DONE_WITH_ERRORS + ":done, but some rows were refused"
        })
final class LaurelCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    // For picocli.
    LaurelCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: a command");
    }
}
