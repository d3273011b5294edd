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

/** Continue an import that failed or was cancelled. */
@Command(
        name = "resume",
        description = "Continue an import that failed or was cancelled",
        mixinStandardHelpOptions = true)
final class ImportResumeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "NUMBER", description = "Number of the import")
    private String number;

    // For picocli.
    ImportResumeCommand() {}

    @Override
    public Integer call() {
        JsonNode job = service.client().post(ImportPaths.of(number) + "/resume", null);
        output.print(spec.commandLine().getOut(), job, () -> ImportText.details(job));
        return ExitCode.OK;
    }
}
