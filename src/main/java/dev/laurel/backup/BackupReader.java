package dev.laurel.backup;

import dev.laurel.backup.file.BackupFile;
import dev.laurel.backup.file.BackupFileReader;
import dev.laurel.backup.file.BackupFolder;
import dev.laurel.backup.file.BackupKey;
import dev.laurel.backup.file.DamagedFile;
import dev.laurel.backup.file.DamagedFile.Damage;
import dev.laurel.backup.file.Manifest;
import dev.laurel.backup.table.TableCatalog;
import dev.laurel.backup.table.TableSpec;
import dev.laurel.shared.LaurelException.Unavailable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Reads one backup, and finds what is wrong with it. Its methods block. */
final class BackupReader {
    private static final int MAX_DAMAGES = 100;

    private final Path folder;
    private final Manifest manifest;
    private final BackupKey key;
    private final BooleanSupplier ending;

    private BackupReader(Path folder, Manifest manifest, BackupKey key, BooleanSupplier ending) {
        this.folder = folder;
        this.manifest = manifest;
        this.key = key;
        this.ending = ending;
    }

    /**
     * Reads the manifest.
     *
     * @param key null for none
     * @throws DamagedBackup when it cannot be used
     */
    static BackupReader open(BackupFolder backups, String name, BackupKey key, BooleanSupplier ending)
            throws IOException {
        try {
            return new BackupReader(backups.of(name), backups.manifest(name, key), key, ending);
        } catch (DamagedFile e) {
            throw new DamagedBackup(List.of(e.damage()));
        }
    }

    Manifest manifest() {
        return manifest;
    }

    /**
     * Reads every file to its end; nothing is written anywhere.
     *
     * @throws DamagedBackup with all that is wrong
     */
    void verify(Activity activity) throws IOException {
        activity.begin(manifest.rows());
        List<Damage> damages = new ArrayList<>(countFaults());
        for (BackupFile file : manifest.files()) {
            try {
                BackupFileReader.requireSame(folder, file);
                readAll(file, line -> activity.rowDone());
            } catch (DamagedFile e) {
                damages.add(e.damage());
            }
            if (damages.size() >= MAX_DAMAGES) {
                break;
            }
        }
        if (!damages.isEmpty()) {
            throw new DamagedBackup(damages);
        }
    }

    private List<Damage> countFaults() {
        Set<String> known =
                TableCatalog.inBackup().stream().map(TableSpec::name).collect(Collectors.toSet());
        Map<String, Long> inFiles = new HashMap<>();
        manifest.files().forEach(file -> inFiles.merge(file.table(), file.rows(), Long::sum));
        List<Damage> damages = new ArrayList<>();
        manifest.tables().forEach((table, rows) -> {
            if (inFiles.getOrDefault(table, 0L).longValue() != rows) {
                damages.add(new Damage("manifest.json", "has another number of rows for " + table + " than its files"));
            }
        });
        inFiles.keySet().stream()
                .filter(table -> !known.contains(table))
                .forEach(table -> damages.add(new Damage(
                        "manifest.json", "names the table " + table + ", which this program does not have")));
        return damages;
    }

    private void readAll(BackupFile file, java.util.function.Consumer<String> lines) throws IOException {
        try (BackupFileReader reader = new BackupFileReader(folder, manifest.id(), file, key)) {
            for (String line = reader.line(); line != null; line = reader.line()) {
                requireGoingOn();
                lines.accept(line);
            }
            reader.end();
        }
    }

    void requireGoingOn() {
        if (ending.getAsBoolean()) {
            throw Unavailable.overloaded("The service is shutting down");
        }
    }

    /** The files of a table, in their order. */
    List<BackupFile> filesOf(String table) {
        return manifest.files().stream()
                .filter(file -> file.table().equals(table))
                .toList();
    }

    BackupFileReader read(BackupFile file) throws IOException {
        return new BackupFileReader(folder, manifest.id(), file, key);
    }
}
