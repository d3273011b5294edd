package dev.laurel.backup;

import dev.laurel.backup.file.Manifest.Trigger;
import dev.laurel.shared.LaurelException.Conflict;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Makes backups when they are due. All processes try; the first one makes it. */
@ApplicationScoped
class BackupSchedule {
    private static final Logger LOG = Logger.getLogger(BackupSchedule.class);

    private final Backups backups;
    private final BackupMeters meters;

    BackupSchedule(Backups backups, BackupMeters meters) {
        this.backups = backups;
        this.meters = meters;
    }

    @Scheduled(
            identity = "backups",
            cron = "${laurel.backup.schedule:off}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> due() {
        return Uni.createFrom()
                .deferred(() -> backups.create(Trigger.SCHEDULE))
                .replaceWithVoid()
                .onFailure(Conflict.class)
                .invoke(other -> LOG.infof("No backup was made now: %s", other.getMessage()))
                .onFailure(failure -> !(failure instanceof Conflict))
                .invoke(failure -> {
                    meters.failed();
                    LOG.warnf("The backup that is due could not be made: %s", failure.getMessage());
                })
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(identity = "backup-age", every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return meters.look();
    }
}
