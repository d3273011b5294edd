package dev.laurel.cli.cache;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.Figures;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ServiceOptions;
import dev.laurel.cli.service.TextTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** Shows what each cache holds and how well it works. */
@Command(
        name = "status",
        description = "What each cache of the process that answers holds, and how well it works",
        mixinStandardHelpOptions = true)
final class CacheStatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    // For picocli.
    CacheStatusCommand() {}

    @Override
    public Integer call() {
        JsonNode caches = service.client().get(CacheCommand.PATH);
        output.print(spec.commandLine().getOut(), caches, () -> text(caches));
        return ExitCode.OK;
    }

    private static String text(JsonNode caches) {
        TextTable table = new TextTable()
                .words("cache")
                .numbers("entries")
                .numbers("size")
                .numbers("hits")
                .numbers("misses")
                .numbers("hit rate")
                .numbers("a load")
                .numbers("evictions")
                .numbers("kept for");
        caches.path("caches")
                .forEach(cache -> table.row(
                        cache.path("name").asText(),
                        count(cache, "entries"),
                        Figures.bytes(cache.path("bytes").asLong()),
                        count(cache, "hits"),
                        count(cache, "misses"),
                        rate(cache),
                        cache.has("averageLoadMs") ? cache.path("averageLoadMs").asText() + " ms" : "-",
                        count(cache, "evictions"),
                        cache.has("timeToLiveMs")
                                ? Figures.duration(cache.path("timeToLiveMs").asLong())
                                : "-"));
        JsonNode total = caches.path("total");
        return table + "\n\n" + count(total, "entries") + " entries, some "
                + Figures.bytes(total.path("bytes").asLong()) + ", hit rate " + rate(total);
    }

    private static String count(JsonNode figures, String name) {
        return Figures.count(figures.path(name).asLong());
    }

    private static String rate(JsonNode figures) {
        return figures.has("hitRate") ? Figures.percent(figures.path("hitRate").asDouble()) : "-";
    }
}
