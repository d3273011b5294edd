package dev.laurel.cli.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.Figures;
import dev.laurel.cli.service.OutputOptions;
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

/** Loads what most requests need. */
@Command(
        name = "warm",
        description = "Load current rankings into Redis, and what most requests need into the process that answers",
        mixinStandardHelpOptions = true)
final class CacheWarmCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Option(names = "--board", paramLabel = "BOARD", description = "Only this board; default: all")
    private String board;

    @Option(names = "--players", paramLabel = "N", description = "Players of each ranking; default: 100")
    private Integer players;

    // For picocli.
    CacheWarmCommand() {}

    @Override
    public Integer call() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("board", board);
        query.put("players", players == null ? null : players.toString());
        JsonNode warmed = service.client().post(ServiceClient.query(CacheCommand.PATH + "/warm", query), null);
        output.print(spec.commandLine().getOut(), warmed, () -> text(warmed));
        return warmed.path("failed").isEmpty() && warmed.path("complete").asBoolean() ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String text(JsonNode warmed) {
        List<String> lines = new ArrayList<>();
        lines.add("Warm: " + Figures.count(warmed.path("boards").asLong()) + " boards, "
                + Figures.count(warmed.path("rankings").asLong()) + " rankings, "
                + Figures.count(warmed.path("players").asLong()) + " players, in "
                + Figures.duration(warmed.path("durationMs").asLong()));
        warmed.path("failed").forEach(name -> lines.add("  failed: " + name.asText()));
        if (!warmed.path("complete").asBoolean()) {
            lines.add("  Not all boards: there was no time left (laurel.cache.warm-for). Run it again to go on.");
        }
        return String.join("\n", lines);
    }
}
