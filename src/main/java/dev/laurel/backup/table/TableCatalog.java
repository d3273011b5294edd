package dev.laurel.backup.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** All tables of the service, in the order in which they are restored. */
public final class TableCatalog {
    private static final String RESOURCE = "/backup/tables.tsv";
    private static final List<TableSpec> ALL = read();

    private TableCatalog() {}

    private static List<TableSpec> read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(TableCatalog.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(TableSpec::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that are left out as well. */
    public static List<TableSpec> all() {
        return ALL;
    }

    /** Those that a backup has. */
    public static List<TableSpec> inBackup() {
        return ALL.stream().filter(TableSpec::isInBackup).toList();
    }
}
