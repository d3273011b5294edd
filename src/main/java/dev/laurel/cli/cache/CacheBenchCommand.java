package dev.laurel.cli.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laurel.cli.service.CommandFailed;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ProgressBar;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import dev.laurel.cli.service.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/** Measures what typical reads of a board take, one after the other, as a client sees them. */
@Command(
        name = "bench",
        description =
                "What typical reads of a board take, as this client sees them: the first one, and the same one repeated. "
                        + "Changes nothing; ends with 1 if a read is slower than allowed.",
        mixinStandardHelpOptions = true)
final class CacheBenchCommand implements Callable<Integer> {
    private static final int MOST = 100_000;
    private static final double NANOS_A_MILLI = 1_000_000;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Option(names = "--board", paramLabel = "BOARD", description = "Board to read; default: the first by name")
    private String board;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "Requests of each read after the first; default: 100",
            defaultValue = "100")
    private int requests;

    @Option(
            names = "--max-ms",
            paramLabel = "MS",
            description = "The 99th percentile that is still good; default: 50",
            defaultValue = "50")
    private double allowed;

    // For picocli.
    CacheBenchCommand() {}

    @Override
    public Integer call() {
        if (requests < 1 || requests > MOST) {
            throw new ParameterException(spec.commandLine(), "--requests must be 1 to " + MOST);
        }
        ServiceClient client = service.client();
        String wanted = board == null ? firstBoard(client) : board;
        Map<String, String> reads = reads(client, wanted);
        ObjectNode result =
                JsonNodeFactory.instance.objectNode().put("board", wanted).put("requests", requests);
        ArrayNode measured = result.putArray("reads");
        try (ProgressBar bar = ProgressBar.onTerminal(!output.json())) {
            reads.forEach((name, path) -> {
                bar.draw((double) measured.size() / reads.size(), name);
                measured.add(measure(client, name, path));
            });
        }
        output.print(spec.commandLine().getOut(), result, () -> text(result));
        for (JsonNode read : measured) {
            if (!read.path("ok").asBoolean()) {
                return ExitCode.FAILED;
            }
        }
        return ExitCode.OK;
    }

    private static String firstBoard(ServiceClient client) {
        JsonNode boards = client.get("api/v1/boards?limit=1").path("items");
        if (boards.isEmpty()) {
            throw new CommandFailed(ExitCode.FAILED, "There is no board to read. Create one, or run laurel import.");
        }
        return boards.path(0).path("id").asText();
    }

    /** What can be read of a board, by name; what is about a player only if somebody is ranked. */
    private static Map<String, String> reads(ServiceClient client, String board) {
        JsonNode definition = client.get("api/v1/boards/" + ServiceClient.encoded(board));
        String period = definition.path("periods").path(0).asText().toLowerCase(Locale.ROOT);
        String ranking = "api/v1/boards/" + ServiceClient.encoded(board) + "/rankings/" + period;
        Map<String, String> reads = new LinkedHashMap<>();
        reads.put("board", "api/v1/boards/" + ServiceClient.encoded(board));
        reads.put("top 10", ranking + "?limit=10");
        reads.put("top 100", ranking + "?limit=100");
        JsonNode first = client.get(ranking + "?limit=1").path("entries").path(0);
        if (first.has("playerId")) {
            String player = ServiceClient.encoded(first.path("playerId").asText());
            reads.put("rank of a player", ranking + "/players/" + player);
            reads.put("around a player", ranking + "/players/" + player + "/neighbours?radius=5");
            reads.put("achievements", "api/v1/players/" + player + "/achievements");
            reads.put(
                    "analytics",
                    "api/v1/players/" + player + "/analytics/summary?board=" + ServiceClient.encoded(board));
        }
        return reads;
    }

    private ObjectNode measure(ServiceClient client, String name, String path) {
        double first = millis(client, path);
        double[] further = new double[requests];
        for (int i = 0; i < requests; i++) {
            further[i] = millis(client, path);
        }
        Arrays.sort(further);
        double high = further[(int) Math.ceil(0.99 * requests) - 1];
        return JsonNodeFactory.instance
                .objectNode()
                .put("read", name)
                .put("path", path)
                .put("firstMs", first)
                .put("medianMs", further[requests / 2])
                .put("p99Ms", high)
                .put("ok", high <= allowed);
    }

    private static double millis(ServiceClient client, String path) {
        long started = System.nanoTime();
        client.get(path);
        return Math.round((System.nanoTime() - started) / NANOS_A_MILLI * 100) / 100.0;
    }

    private String text(JsonNode result) {
        TextTable table = new TextTable()
                .words("read")
                .numbers("first")
                .numbers("median")
                .numbers("99 %")
                .words("result");
        result.path("reads")
                .forEach(read -> table.row(
                        read.path("read").asText(),
                        read.path("firstMs").asText() + " ms",
                        read.path("medianMs").asText() + " ms",
                        read.path("p99Ms").asText() + " ms",
                        read.path("ok").asBoolean() ? "[OK]" : "[SLOW]"));
        return table + "\n\nBoard " + result.path("board").asText() + ", "
                + result.path("requests").asText() + " requests each, one after the other; good up to " + allowed
                + " ms";
    }
}
