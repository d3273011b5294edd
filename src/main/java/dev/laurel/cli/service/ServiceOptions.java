package dev.laurel.cli.service;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The options of every command that speaks to a service. */
public final class ServiceOptions {
    private static final int MAX_KEY = 8_192;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:LAUREL_URL:-http://127.0.0.1:8080}",
            description = "Address of the service; default: LAUREL_URL, or http://127.0.0.1:8080")
    private String url;

    // Not an option that is the key itself: other users of the machine can see a command line.
    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "File with the API key, - for the standard input; default: the key in LAUREL_KEY")
    private String keyFile;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    // For picocli.
    ServiceOptions() {}

    /** The service. */
    public ServiceClient client() {
        URI address;
        try {
            address = URI.create(url.endsWith("/") ? url : url + "/");
        } catch (IllegalArgumentException e) {
            throw new CommandFailed(ExitCode.USAGE, "--url is not an address: " + url);
        }
        if (address.getHost() == null
                || address.getScheme() == null
                || !address.getScheme().startsWith("http")) {
            throw new CommandFailed(ExitCode.USAGE, "--url is not an address: " + url);
        }
        String key = key();
        if (key != null && "http".equals(address.getScheme()) && !isLoopback(address.getHost())) {
            command.commandLine()
                    .getErr()
                    .println("Warning: the key is sent to " + address.getHost() + " unencrypted; use an https URL");
            command.commandLine().getErr().flush();
        }
        return new ServiceClient(address, key);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The key; null without one. */
    public String key() {
        String key = keyFile == null ? System.getenv("LAUREL_KEY") : read();
        return key == null || key.isBlank() ? null : key.strip();
    }

    private String read() {
        try (InputStream file = "-".equals(keyFile) ? System.in : Files.newInputStream(Path.of(keyFile))) {
            return new String(file.readNBytes(MAX_KEY), StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailed(ExitCode.USAGE, "The key cannot be read from " + keyFile);
        }
    }
}
