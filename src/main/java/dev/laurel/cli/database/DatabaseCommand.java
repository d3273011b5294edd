package dev.laurel.cli.database;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands on the database. */
@Command(
        name = "database",
        description = "Look at the database and its indexes, or optimize it",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DatabaseAnalyzeCommand.class, DatabaseIndexesCommand.class, DatabaseOptimizeCommand.class})
public final class DatabaseCommand implements Runnable {
    static final String PATH = "api/v1/admin/database";

    @Spec
    private CommandSpec spec;

    // For picocli.
    DatabaseCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: analyze, indexes or optimize");
    }
}
