package dev.laurel.cli;

import dev.laurel.cli.keys.DirectKeys;
import dev.laurel.cli.keys.KeysCommand;
import dev.laurel.cli.service.CommandFailed;
import dev.laurel.cli.service.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Runs a command. */
public final class Cli {
    private Cli() {}

    /** Whether these arguments are a command, rather than options of the service. */
    public static boolean isCommand(String... arguments) {
        return arguments.length > 0 && !arguments[0].startsWith("-");
    }

    /**
     * The exit code of the command.
     *
     * @param direct makes a key without a running service
     */
    public static int run(DirectKeys direct, String... arguments) {
        CommandLine commands = commands();
        KeysCommand.useDirect(commands.getSubcommands().get(KeysCommand.NAME), direct);
        return commands.execute(arguments);
    }

    static CommandLine commands() {
        return versioned(new CommandLine(new LaurelCommand()))
                .setExecutionExceptionHandler(Cli::failed)
                .setExitCodeExceptionMapper(Cli::code);
    }

    private static CommandLine versioned(CommandLine command) {
        String version = Cli.class.getPackage().getImplementationVersion();
        command.getCommandSpec().version("Laurel " + (version == null ? "(not packaged)" : version));
        command.getSubcommands().values().forEach(Cli::versioned);
        return command;
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        String message = failure instanceof CommandFailed ? failure.getMessage() : "Unexpected: " + failure;
        command.getErr().println(message);
        command.getErr().flush();
        return code(failure);
    }

    private static int code(Throwable failure) {
        if (failure instanceof CommandFailed known) {
            return known.code();
        }
        return failure instanceof CommandLine.ParameterException ? ExitCode.USAGE : ExitCode.FAILED;
    }
}
