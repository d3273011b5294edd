package dev.laurel.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.Author;
import dev.laurel.cli.service.CommandFailed;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.Multipart;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ProgressBar;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Uploads a file and waits until it is imported. */
@Command(
        name = "import",
        description =
                "Upload a file of rows into a board, and wait until it is imported. A file that has the name of a command "
                        + "is written ./list.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            ImportListCommand.class,
            ImportShowCommand.class,
            ImportErrorsCommand.class,
            ImportCancelCommand.class,
            ImportResumeCommand.class,
            ImportUndoCommand.class
        })
public final class ImportCommand implements Callable<Integer> {
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
            paramLabel = "FILE",
            description = "A table with a header: CSV, XLSX, or CSV as .gz or .zip")
    private Path file;

    @Option(names = "--board", paramLabel = "BOARD", description = "The board")
    private String board;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "What a row is: events, snapshot, standings or baseline")
    private String mode;

    @Option(names = "--season", paramLabel = "SEASON", description = "The season of a baseline")
    private String season;

    @Option(
            names = "--mapping",
            paramLabel = "MAPPING",
            description = "What columns mean: a JSON object, @FILE with one, or the name of a saved mapping")
    private String mapping;

    @Option(names = "--sheet", paramLabel = "NAME", description = "The sheet of a spreadsheet; default: the first one")
    private String sheet;

    @Option(names = "--at", paramLabel = "INSTANT", description = "The instant of rows that have none; default: now")
    private String at;

    @Option(names = "--replace", description = "Undo earlier imports of a file of this name first")
    private boolean replace;

    @Option(names = "--rewrite-closed", description = "Accept rows of closed windows, and rank their archives again")
    private boolean rewriteClosed;

    @Option(names = "--dry-run", description = "Check every row and change nothing")
    private boolean dryRun;

    @Option(names = "--atomic", description = "Import nothing if a row is refused")
    private boolean atomic;

    @Option(names = "--no-wait", description = "End as soon as the file is uploaded")
    private boolean noWait;

    // For picocli.
    ImportCommand() {}

    @Override
    public Integer call() {
        require("FILE", file);
        require("--board=BOARD", board);
        require("--mode=MODE", mode);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandFailed(ExitCode.USAGE, "There is no file to read at " + file);
        }
        ServiceClient client = service.client();
        JsonNode job = upload(client);
        if (!noWait) {
            try (ProgressBar bar = ProgressBar.onTerminal(!output.json())) {
                job = new ImportWait(client, bar).until(job);
            }
        }
        JsonNode shown = job;
        output.print(spec.commandLine().getOut(), shown, () -> ImportText.details(shown) + hint(shown));
        return ImportText.exitCode(job);
    }

    private void require(String what, Object value) {
        if (value == null) {
            throw new ParameterException(spec.commandLine(), "Missing: " + what);
        }
    }

    private JsonNode upload(ServiceClient client) {
        Multipart form = new Multipart()
                .field("board", board)
                .field("mode", mode.toUpperCase(Locale.ROOT))
                .field("season", season)
                .field("mapping", mapping())
                .field("sheet", sheet)
                .field("at", at)
                .field("dryRun", dryRun ? "true" : null)
                .field("atomic", atomic ? "true" : null)
                .field("onChange", replace ? "REPLACE" : null)
                .field("closedWindows", rewriteClosed ? "REWRITE" : null)
                .field("reason", author.reason("laurel import " + file.getFileName()))
                .field("author", author.name());
        try {
            form.file("file", file);
        } catch (FileNotFoundException e) {
            throw new CommandFailed(ExitCode.USAGE, "There is no file to read at " + file);
        }
        return client.upload(ImportPaths.ALL, form.contentType(), form.body());
    }

    private String mapping() {
        if (mapping == null || !mapping.startsWith("@")) {
            return mapping;
        }
        try {
            return Files.readString(Path.of(mapping.substring(1)));
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.USAGE, "The mapping cannot be read: " + e.getMessage());
        }
    }

    private static String hint(JsonNode job) {
        boolean refused = job.at("/rows/refused").asLong() > 0;
        return refused
                ? "\nWhy rows were refused: laurel import errors "
                        + job.path("id").asText()
                : "";
    }
}
