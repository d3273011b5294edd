package dev.laurel.cli.export;

import dev.laurel.cli.service.CommandFailed;
import dev.laurel.cli.service.Download;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** Writes a whole ranking into a file. */
@Command(
        name = "export",
        description = "Write a whole ranking, live or closed, as a file",
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
    @Mixin
    private ServiceOptions service;

    @Parameters(paramLabel = "BOARD", description = "The board")
    private String board;

    @Option(
            names = "--period",
            paramLabel = "PERIOD",
            required = true,
            description = "daily, weekly, monthly, yearly, all_time, season, last_7_days or last_30_days")
    private String period;

    @Option(
            names = "--window",
            paramLabel = "ID",
            description = "A past window, such as 2026-W47; default: the current one")
    private String window;

    @Option(names = "--metric", paramLabel = "NAME", description = "The metric to rank by; default: the board's first")
    private String metric;

    @Option(names = "--segment", paramLabel = "NAME", description = "Only these players, such as country:VN")
    private String segment;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv, ndjson or xlsx; default: csv")
    private String format;

    @Option(names = "--with", paramLabel = "WHAT", description = "Further columns, separated by commas, such as player")
    private String with;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The file, replaced once all has arrived; default: the standard output")
    private Path output;

    // For picocli.
    ExportCommand() {}

    @Override
    public Integer call() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("window", window);
        query.put("metric", metric);
        query.put("segment", segment);
        query.put("format", format);
        query.put("with", with);
        String path = "api/v1/boards/" + ServiceClient.encoded(board) + "/rankings/" + ServiceClient.encoded(period)
                + "/export";
        try (InputStream content = service.client().stream(ServiceClient.query(path, query))) {
            Download.write(content, output);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.UNAVAILABLE, "The export was not read to its end: " + e.getMessage());
        }
        return ExitCode.OK;
    }
}
