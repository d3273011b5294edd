package dev.laurel.cli.service;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.function.Supplier;

/** How a command shows what the service has answered. */
public final class OutputOptions {
    @Option(names = "--json", description = "Print the response of the service as it is")
    private boolean json;

    // For picocli.
    OutputOptions() {}

    public boolean json() {
        return json;
    }

    /** Prints a response, or what a person reads of it. */
    public void print(PrintWriter out, JsonNode response, Supplier<String> text) {
        out.println(json ? response.toString() : text.get());
        out.flush();
    }
}
