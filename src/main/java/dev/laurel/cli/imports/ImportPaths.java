package dev.laurel.cli.imports;

import dev.laurel.cli.service.ServiceClient;

/** Where the service has imports. */
final class ImportPaths {
    static final String ALL = "api/v1/imports";

    private ImportPaths() {}

    static String of(String id) {
        return ALL + "/" + ServiceClient.encoded(id);
    }
}
