package dev.laurel.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.PageOptions;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import dev.laurel.cli.service.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;

/** Lists keys. */
@Command(
        name = "list",
        description = "The keys, in the order in which they were made, without their secrets",
        mixinStandardHelpOptions = true)
final class KeysListCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Mixin
    private PageOptions pages;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Whose keys; default: those of your own tenant")
    private String tenant;

    // For picocli.
    KeysListCommand() {}

    @Override
    public Integer call() {
        Map<String, String> parameters = new HashMap<>();
        pages.addTo(parameters);
        parameters.put("tenant", tenant);
        JsonNode keys = service.client().get(ServiceClient.query(KeysCommand.PATH, parameters));
        output.print(spec.commandLine().getOut(), keys, () -> text(keys));
        return 0;
    }

    private static String text(JsonNode keys) {
        if (keys.path("items").isEmpty()) {
            return "There are no keys";
        }
        TextTable table = new TextTable()
                .words("id")
                .words("name")
                .words("scopes")
                .words("boards")
                .words("last used")
                .words("state");
        keys.path("items")
                .forEach(key -> table.row(
                        key.path("id").asText(),
                        key.path("name").asText(),
                        joined(key.path("scopes"), "-"),
                        joined(key.path("boards"), "all"),
                        key.path("lastUsedAt").asText("never"),
                        state(key)));
        return table + "\n" + PageOptions.footer(keys, "keys");
    }

    private static String state(JsonNode key) {
        if (key.has("revokedAt")) {
            return "revoked " + key.path("revokedAt").asText();
        }
        return key.has("expiresAt") ? "until " + key.path("expiresAt").asText() : "in use";
    }

    private static String joined(JsonNode list, String otherwise) {
        StringJoiner joined = new StringJoiner(", ").setEmptyValue(otherwise);
        list.forEach(one -> joined.add(one.asText()));
        return joined.toString();
    }
}
