package dev.laurel.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** End an import after the rows that are just being written. */
@Command(
        name = "cancel",
        description = "End an import after the rows that are just being written; it can be resumed, or undone",
        mixinStandardHelpOptions = true)
final class ImportCancelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "NUMBER", description = "Number of the import")
    private String number;

    // For picocli.
    ImportCancelCommand() {}

    @Override
    public Integer call() {
        JsonNode job = service.client().post(ImportPaths.of(number) + "/cancel", null);
        output.print(spec.commandLine().getOut(), job, () -> ImportText.details(job));
        return ExitCode.OK;
    }
}
