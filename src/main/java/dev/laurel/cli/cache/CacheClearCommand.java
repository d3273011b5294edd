package dev.laurel.cli.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.Author;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.Figures;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Drops what caches hold. */
@Command(
        name = "clear",
        description = "Drop what a cache holds, or all caches; the next reads load it again. Nothing stored is lost.",
        mixinStandardHelpOptions = true)
final class CacheClearCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Mixin
    private Author author;

    @Parameters(
            arity = "0..1",
            paramLabel = "CACHE",
            description = "Name of a cache, as laurel cache status shows it; default: all that can do what is asked")
    private String cache;

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only values whose key begins with this")
    private String prefix;

    @Option(names = "--player", paramLabel = "PLAYER", description = "Only values about this player")
    private String player;

    @Option(names = "--group", paramLabel = "KIND:ID", description = "Only values about this group, such as class:7b")
    private String group;

    // For picocli.
    CacheClearCommand() {}

    @Override
    public Integer call() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("prefix", prefix);
        query.put("player", player);
        query.put("group", group);
        query.put("reason", author.reason("laurel cache clear"));
        query.put("author", author.name());
        String path = cache == null ? CacheCommand.PATH : CacheCommand.PATH + "/" + ServiceClient.encoded(cache);
        JsonNode dropped = service.client().delete(ServiceClient.query(path, query));
        output.print(spec.commandLine().getOut(), dropped, () -> text(dropped));
        return ExitCode.OK;
    }

    private static String text(JsonNode dropped) {
        List<String> lines = new ArrayList<>();
        lines.add("Dropped " + Figures.count(dropped.path("dropped").asLong()) + " values");
        dropped.path("caches").forEach(one -> {
            long values = one.path("dropped").asLong();
            if (values > 0) {
                lines.add("  " + one.path("cache").asText() + ": " + Figures.count(values));
            }
        });
        if (!dropped.path("replicasNotified").asBoolean()) {
            lines.add("Redis is unavailable, so other processes keep theirs until they expire.");
        }
        return String.join("\n", lines);
    }
}
