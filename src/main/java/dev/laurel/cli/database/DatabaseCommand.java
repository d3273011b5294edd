package dev.laurel.cli.database;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands on the database. */
@Command(
        name = "database",
        description = "Look at the indexes of the database, or optimize it",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DatabaseIndexesCommand.class, DatabaseOptimizeCommand.class})
public final class DatabaseCommand implements Runnable {
    static final String PATH = "api/v1/admin/database";

    @Spec
    private CommandSpec spec;

    // For picocli.
    DatabaseCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: indexes or optimize");
    }
}
