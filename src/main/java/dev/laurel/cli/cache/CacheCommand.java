package dev.laurel.cli.cache;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands on caches. */
@Command(
        name = "cache",
        description = "Look at the caches of the service, warm them, drop what they hold, or measure reads",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CacheStatusCommand.class,
            CacheInitCommand.class,
            CacheWarmCommand.class,
            CacheClearCommand.class,
            CacheBenchCommand.class
        })
public final class CacheCommand implements Runnable {
    static final String PATH = "api/v1/admin/caches";

    @Spec
    private CommandSpec spec;

    // For picocli.
    CacheCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: status, init, warm, clear or bench");
    }
}
