package dev.laurel.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.CommandFailed;
import dev.laurel.cli.service.Download;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.PageOptions;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** Shows why rows of an import were refused. */
@Command(
        name = "errors",
        description = "Why rows were refused: as a CSV file, or a page of them as JSON",
        mixinStandardHelpOptions = true)
final class ImportErrorsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "NUMBER", description = "Number of the import")
    private String number;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "File for the report; default: the standard output")
    private Path file;

    // With --json: the report has all.
    @Mixin
    private PageOptions pages;

    // For picocli.
    ImportErrorsCommand() {}

    @Override
    public Integer call() {
        ServiceClient client = service.client();
        String errors = ImportPaths.of(number) + "/errors";
        if (output.json()) {
            Map<String, String> query = new LinkedHashMap<>();
            pages.addTo(query);
            JsonNode found = client.get(ServiceClient.query(errors, query));
            output.print(spec.commandLine().getOut(), found, found::toString);
            return ExitCode.OK;
        }
        try (InputStream report = client.stream(errors + "/report")) {
            Download.write(report, file);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.UNAVAILABLE, "The report was not read to its end: " + e.getMessage());
        }
        return ExitCode.OK;
    }
}
