package dev.laurel.cli.service;

import picocli.CommandLine.Option;

import java.net.URI;

/** The options of every command that speaks to a service. */
public final class ServiceOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:LAUREL_URL:-http://127.0.0.1:8080}",
            description = "Address of the service; default: LAUREL_URL, or http://127.0.0.1:8080")
    private String url;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            defaultValue = "${env:LAUREL_KEY}",
            description = "Key, sent as a bearer token; better in LAUREL_KEY, since other users can see a command line")
    private String key;

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
        return new ServiceClient(address, key == null || key.isBlank() ? null : key);
    }
}
