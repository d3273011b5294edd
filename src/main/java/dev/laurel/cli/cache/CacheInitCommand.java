package dev.laurel.cli.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.cli.service.Author;
import dev.laurel.cli.service.CommandFailed;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.Figures;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ProgressBar;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Makes all boards ready to be read, board by board, from what is stored. */
@Command(
        name = "init",
        description =
                "Make all boards ready to be read: load their current rankings and what most requests need, board by board. "
                        + "The service does so by itself; after a move or a restore this waits until it is done.",
        mixinStandardHelpOptions = true)
final class CacheInitCommand implements Callable<Integer> {
    private static final int PAGE = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Mixin
    private Author author;

    @Option(
            names = {"--force", "--force-refresh"},
            description =
                    "First drop what all caches hold, and load the rankings in Redis again although they are there; nothing "
                            + "stored is lost")
    private boolean force;

    // For picocli.
    CacheInitCommand() {}

    @Override
    public Integer call() {
        ServiceClient client = service.client();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("dropped", force ? drop(client) : 0);
        List<String> boards = boards(client);
        long started = System.nanoTime();
        try (ProgressBar bar = ProgressBar.onTerminal(!output.json())) {
            for (int i = 0; i < boards.size(); i++) {
                bar.draw((double) i / boards.size(), boards.get(i));
                ready(client, boards.get(i), result);
            }
        }
        result.put("durationMs", (System.nanoTime() - started) / 1_000_000);
        output.print(spec.commandLine().getOut(), result, () -> text(result));
        return result.withArray("failed").isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }

    private long drop(ServiceClient client) {
        return client.delete(ServiceClient.query(CacheCommand.PATH, decision()))
                .path("dropped")
                .asLong();
    }

    private static List<String> boards(ServiceClient client) {
        List<String> boards = new ArrayList<>();
        for (int page = 1; ; page++) {
            JsonNode found = client.get("api/v1/boards?page=" + page + "&limit=" + PAGE);
            found.path("items").forEach(board -> boards.add(board.path("id").asText()));
            if (page >= found.path("pagination").path("pages").asLong()) {
                return boards;
            }
        }
    }

    /** A board that cannot be made ready does not keep the others from it. */
    private void ready(ServiceClient client, String board, ObjectNode result) {
        try {
            if (force) {
                reload(client, board);
            }
            JsonNode warmed =
                    client.post(ServiceClient.query(CacheCommand.PATH + "/warm", Map.of("board", board)), null);
            for (String count : List.of("boards", "rankings", "players")) {
                result.put(
                        count, result.path(count).asLong() + warmed.path(count).asLong());
            }
            if (!warmed.path("failed").isEmpty() || !warmed.path("complete").asBoolean()) {
                failed(result, board, "the log of the service says why");
            }
        } catch (CommandFailed failure) {
            if (failure.code() == ExitCode.UNAVAILABLE) {
                throw failure;
            }
            failed(result, board, failure.getMessage());
        }
    }

    private void reload(ServiceClient client, String board) {
        client.post(
                ServiceClient.query("api/v1/admin/boards/" + ServiceClient.encoded(board) + "/sync", decision()), null);
    }

    private Map<String, String> decision() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("reason", author.reason("laurel cache init"));
        query.put("author", author.name());
        return query;
    }

    private static void failed(ObjectNode result, String board, String reason) {
        result.withArray("failed").addObject().put("board", board).put("reason", reason);
    }

    private static String text(JsonNode result) {
        List<String> lines = new ArrayList<>();
        if (result.path("dropped").asLong() > 0) {
            lines.add("Dropped " + Figures.count(result.path("dropped").asLong()) + " values");
        }
        lines.add("Ready: " + Figures.count(result.path("boards").asLong()) + " boards, "
                + Figures.count(result.path("rankings").asLong()) + " rankings, "
                + Figures.count(result.path("players").asLong()) + " players, in "
                + Figures.duration(result.path("durationMs").asLong()));
        result.path("failed")
                .forEach(one -> lines.add("  failed: " + one.path("board").asText() + ": "
                        + one.path("reason").asText()));
        return String.join("\n", lines);
    }
}
