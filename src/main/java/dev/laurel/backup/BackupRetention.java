package dev.laurel.backup;

import dev.laurel.backup.file.BackupFolder;
import dev.laurel.backup.file.DamagedFile;
import dev.laurel.backup.file.Manifest;
import dev.laurel.backup.file.Manifest.Trigger;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Which of the backups made by the schedule stay. Its methods block. */
@ApplicationScoped
class BackupRetention {
    private static final Logger LOG = Logger.getLogger(BackupRetention.class);

    /** All processes are due at the same moment, by clocks that differ a little. */
    private static final Duration SAME = Duration.ofSeconds(50);

    private final BackupPlace place;
    private final int keep;

    BackupRetention(BackupPlace place, BackupConfig config) {
        this.place = place;
        this.keep = Math.max(1, config.keep());
    }

    /** Whether a process has made the backup that is due at an instant. */
    boolean isJustMade(BackupFolder folder, Instant due) throws IOException {
        for (String name : folder.complete()) {
            Optional<Manifest> made = scheduled(folder, name);
            if (made.isPresent()) {
                return Duration.between(made.get().startedAt(), due).abs().compareTo(SAME) < 0;
            }
        }
        return false;
    }

    /** Removes the oldest ones. What cannot be read is left to people. Never fails: the new one is complete. */
    void removeOld(BackupFolder folder) {
        try {
            removeBeyond(folder);
        } catch (IOException e) {
            LOG.warnf("Old backups could not be removed: %s", e.getMessage());
        }
    }

    private void removeBeyond(BackupFolder folder) throws IOException {
        int kept = 0;
        for (String name : folder.complete()) {
            if (scheduled(folder, name).isEmpty()) {
                continue;
            }
            kept++;
            if (kept > keep) {
                folder.remove(name);
                LOG.infof("Removed backup %s: %d newer ones are kept", name, keep);
            }
        }
    }

    private Optional<Manifest> scheduled(BackupFolder folder, String name) throws IOException {
        try {
            return Optional.of(folder.manifest(name, place.key()))
                    .filter(manifest -> manifest.trigger() == Trigger.SCHEDULE);
        } catch (DamagedFile e) {
            return Optional.empty();
        }
    }
}
