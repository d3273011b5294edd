package dev.laurel.backup;

import dev.laurel.backup.file.BackupFolder;
import dev.laurel.backup.file.BackupKey;
import dev.laurel.platform.lifecycle.StartRefused;
import dev.laurel.shared.LaurelException.Conflict;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Where backups lie, and the key that protects them. */
@Startup
@ApplicationScoped
class BackupPlace {
    private final Optional<BackupFolder> folder;
    private final BackupKey key;

    BackupPlace(BackupConfig config) {
        this.folder = config.directory().map(BackupFolder::new);
        this.key = key(config);
    }

    /** A key that cannot be read ends the start: backups would not be protected. */
    private static BackupKey key(BackupConfig config) {
        try {
            if (config.key().isPresent() && config.keyFile().isPresent()) {
                throw StartRefused.because("Set laurel.backup.key or laurel.backup.key-file, not both");
            }
            Optional<String> text = config.keyFile().isPresent()
                    ? Optional.of(Files.readString(config.keyFile().get()))
                    : config.key();
            return text.map(BackupKey::parse).orElse(null);
        } catch (IOException e) {
            throw StartRefused.because("The file of laurel.backup.key-file cannot be read: "
                    + e.getClass().getSimpleName());
        } catch (IllegalArgumentException e) {
            throw StartRefused.because(e.getMessage());
        }
    }

    /** @throws Conflict when there is none */
    BackupFolder folder() {
        return folder.orElseThrow(
                () -> new Conflict("Backups are off: no directory is set for them (LAUREL_BACKUP_DIRECTORY)"));
    }

    /** Empty when backups are off. */
    Optional<BackupFolder> ifSet() {
        return folder;
    }

    /** Null for no encryption. */
    BackupKey key() {
        return key;
    }
}
