package dev.laurel.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laurel.cli.service.Author;
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

/** Undoes an import and waits until that is done. */
@Command(
        name = "undo",
        description = "Undo an import as if it had never been, and wait until that is done",
        mixinStandardHelpOptions = true)
final class ImportUndoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ServiceOptions service;

    @Mixin
    private OutputOptions output;

    @Mixin
    private Author author;

    @Parameters(paramLabel = "NUMBER", description = "Number of the import")
    private String number;

    @Option(names = "--no-wait", description = "End at once")
    private boolean noWait;

    // For picocli.
    ImportUndoCommand() {}

    @Override
    public Integer call() {
        ServiceClient client = service.client();
        JsonNode job = client.post(ImportPaths.of(number) + "/undo", author.decision("laurel import undo " + number));
        if (!noWait) {
            try (ProgressBar bar = ProgressBar.onTerminal(!output.json())) {
                job = new ImportWait(client, bar).until(job);
            }
        }
        JsonNode shown = job;
        output.print(spec.commandLine().getOut(), shown, () -> ImportText.details(shown));
        return ImportText.exitCode(job);
    }
}
