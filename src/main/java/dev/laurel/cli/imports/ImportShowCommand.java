package dev.laurel.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.ExitCode;
import dev.laurel.cli.service.OutputOptions;
import dev.laurel.cli.service.ProgressBar;
import dev.laurel.cli.service.ServiceClient;
import dev.laurel.cli.service.ServiceOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** Shows an import. */
@Command(name = "show", description = "How far an import is, or what became of it", mixinStandardHelpOptions = true)
final class ImportShowCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "NUMBER", description = "Number of the import")
    private String number;

    @Option(names = "--wait", description = "Wait until it is over, and end as the import does")
    private boolean wait;

    // For picocli.
    ImportShowCommand() {}

    @Override
    public Integer call() {
        ServiceClient client = service.client();
        JsonNode job = client.get(ImportPaths.of(number));
        if (wait) {
            try (ProgressBar bar = ProgressBar.onTerminal(!output.json())) {
                job = new ImportWait(client, bar).until(job);
            }
        }
        JsonNode shown = job;
        output.print(spec.commandLine().getOut(), shown, () -> ImportText.details(shown));
        return wait ? ImportText.exitCode(job) : ExitCode.OK;
    }
}
