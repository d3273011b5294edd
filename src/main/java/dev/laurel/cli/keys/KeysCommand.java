package dev.laurel.cli.keys;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands on API keys. */
@Command(
        name = KeysCommand.NAME,
        description = "Make, list and revoke API keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {KeysCreateCommand.class, KeysListCommand.class, KeysRevokeCommand.class})
public final class KeysCommand implements Runnable {
    public static final String NAME = "keys";
    static final String PATH = "api/v1/admin/keys";

    @Spec
    private CommandSpec spec;

    // For picocli.
    KeysCommand() {}

    /** Tells the command how a key is made without a running service. */
    public static void useDirect(CommandLine keys, DirectKeys direct) {
        KeysCreateCommand create =
                keys.getSubcommands().get(KeysCreateCommand.NAME).getCommand();
        create.useDirect(direct);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing: create, list or revoke");
    }
}
