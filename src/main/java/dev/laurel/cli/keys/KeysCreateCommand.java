package dev.laurel.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Makes a key: by a running service, or for the first one without it. */
@Command(
        name = KeysCreateCommand.NAME,
        description = {
            "Make an API key and print it, which cannot be done again",
            "The first one is made without a running service, with the service's own settings:",
            "  laurel keys create --admin --direct"
        },
        mixinStandardHelpOptions = true)
final class KeysCreateCommand implements Callable<Integer> {
    static final String NAME = "create";

    private static final String ADMIN = "admin";

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Option(names = "--name", paramLabel = "TEXT", description = "What it is for; default: its scopes")
    private String name;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "What it allows: read, write, player, import, admin; can be repeated")
    private List<String> scopes = new ArrayList<>();

    @Option(names = "--admin", description = "The same as --scope admin")
    private boolean admin;

    @Option(
            names = "--board",
            paramLabel = "PATTERN",
            description =
                    "A board that it is limited to, or a pattern such as team-*; can be repeated; default: all boards")
    private List<String> boards = new ArrayList<>();

    @Option(names = "--player", paramLabel = "ID", description = "Whom it submits as, with --scope player")
    private String player;

    @Option(
            names = "--expires-at",
            paramLabel = "INSTANT",
            description = "Such as 2099-01-01T00:00:00Z; default: never")
    private String expiresAt;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description = "Whose boards it is for; default: the tenant of the key that makes it")
    private String tenant;

    @Option(
            names = "--direct",
            description = "Write it into PostgreSQL, without a running service; the schema is brought up to date first")
    private boolean direct;

    @Option(
            names = "--register",
            description =
                    "With --direct: register the key of LAUREL_KEY or --key-file, laurel_ and 64 hexadecimal digits, instead"
                            + " of making one; one that is registered already is left as it is")
    private boolean register;

    private DirectKeys keys;

    // For picocli.
    KeysCreateCommand() {}

    void useDirect(DirectKeys made) {
        keys = made;
    }

    @Override
    public Integer call() {
        List<String> all = new ArrayList<>();
        scopes.forEach(scope -> all.add(scope.toLowerCase(Locale.ROOT)));
        if (admin && !all.contains(ADMIN)) {
            all.add(ADMIN);
        }
        if (all.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing: --scope or --admin");
        }
        String purpose = name == null ? String.join(", ", all) : name;
        if (direct) {
            return direct(purpose, all);
        }
        if (register) {
            throw new ParameterException(spec.commandLine(), "--register needs --direct");
        }
        JsonNode created = service.client().post(KeysCommand.PATH, order(purpose, all));
        spec.commandLine()
                .getErr()
                .println("Key " + created.path("details").path("id").asText() + "; it is shown this once:");
        spec.commandLine().getErr().flush();
        output.print(
                spec.commandLine().getOut(), created, () -> created.path("key").asText());
        return 0;
    }

    private int direct(String purpose, List<String> all) {
        if (player != null || expiresAt != null || tenant != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--player, --expires-at and --tenant need a running service: make an admin key first");
        }
        return keys.make(new DirectKeys.Order(purpose, all, boards, register ? registered() : null));
    }

    private String registered() {
        String key = service.key();
        if (key == null) {
            throw new ParameterException(spec.commandLine(), "--register needs a key in LAUREL_KEY or --key-file");
        }
        return key;
    }

    private ObjectNode order(String purpose, List<String> all) {
        ObjectNode order = JsonNodeFactory.instance.objectNode().put("name", purpose);
        all.forEach(order.putArray("scopes")::add);
        if (!boards.isEmpty()) {
            boards.forEach(order.putArray("boards")::add);
        }
        if (player != null) {
            order.put("player", player);
        }
        if (tenant != null) {
            order.put("tenant", tenant);
        }
        if (expiresAt != null) {
            order.put("expiresAt", expiresAt);
        }
        return order;
    }
}
