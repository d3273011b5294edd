package dev.laurel.cli.keys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.laurel.cli.service.CommandFailed;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** Revokes a key. */
@Command(name = "revoke", description = "Revoke a key: it is refused from now on", mixinStandardHelpOptions = true)
final class KeysRevokeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "ID", description = "As laurel keys list shows it; not the key itself")
    private String id;

    @Option(names = "--confirm", description = "Revoke it even if no other key may administer the service")
    private boolean confirm;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Whose key; default: one of your own tenant")
    private String tenant;

    // For picocli.
    KeysRevokeCommand() {}

    @Override
    public Integer call() {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("tenant", tenant);
        parameters.put("confirm", confirm ? "true" : null);
        try {
            service.client()
                    .delete(ServiceClient.query(KeysCommand.PATH + "/" + ServiceClient.encoded(id), parameters));
        } catch (CommandFailed refused) {
            throw refused.confirmedBy("--confirm");
        }
        output.print(
                spec.commandLine().getOut(),
                JsonNodeFactory.instance.objectNode().put("revoked", id),
                () -> "Key " + id + " can no longer be used");
        return 0;
    }
}
