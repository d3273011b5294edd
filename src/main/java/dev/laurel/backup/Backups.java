package dev.laurel.backup;

import dev.laurel.backup.Activity.Kind;
import dev.laurel.backup.Backup.State;
import dev.laurel.backup.file.BackupFolder;
import dev.laurel.backup.file.BackupFolder.Unfinished;
import dev.laurel.backup.file.Manifest;
import dev.laurel.backup.file.Manifest.Trigger;
import dev.laurel.backup.table.TableReader;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** Makes backups, verifies them, and restores them. */
@ApplicationScoped
public class Backups {
    private static final Logger LOG = Logger.getLogger(Backups.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final int SUFFIXES = 1 << 24;

    private final BackupPlace place;
    private final BackupThread thread;
    private final BackupConfig config;
    private final BackupList list;
    private final BackupRetention retention;
    private final BackupMeters meters;
    private final Clock clock;

    Backups(
            BackupPlace place,
            BackupThread thread,
            BackupConfig config,
            BackupList list,
            BackupRetention retention,
            BackupMeters meters,
            Clock clock) {
        this.place = place;
        this.thread = thread;
        this.config = config;
        this.list = list;
        this.retention = retention;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Begins a backup, which goes on in the background.
     *
     * @return it, once it has begun; fails with {@link Conflict} without a directory, and while any process makes or restores
     *     one
     */
    public Uni<Backup> create(Trigger trigger) {
        BackupFolder folder = place.folder();
        Instant now = clock.instant();
        String suffix = String.format("%06x", ThreadLocalRandom.current().nextInt(SUFFIXES));
        Activity activity = new Activity(Kind.CREATE, NAME.format(now) + "-" + suffix, now);
        return thread.<Manifest>begin(
                        activity,
                        (session, begun) -> create(folder, session, activity, trigger, begun),
                        (manifest, failure) -> created(activity, manifest, failure))
                .map(running -> new Backup(running.backup(), State.RUNNING, now, null, running, null));
    }

    private Manifest create(
            BackupFolder folder, BackupSession session, Activity activity, Trigger trigger, Runnable begun)
            throws SQLException, IOException {
        if (trigger == Trigger.SCHEDULE && retention.isJustMade(folder, activity.startedAt())) {
            throw new Conflict("Another process has just made the backup that was due");
        }
        int left = folder.clean();
        if (left > 0) {
            LOG.infof("Removed what was left of %d backups that were interrupted", left);
        }
        try (Unfinished backup = folder.begin(activity.backup());
                TableReader reader = new TableReader(session.connection())) {
            begun.run();
            Throttle throttle = new Throttle(config.rate().asLongValue());
            Manifest manifest = new BackupWriter(backup, place.key(), activity, throttle, thread::isEnding)
                    .write(reader, trigger, clock);
            retention.removeOld(folder);
            return manifest;
        }
    }

    private void created(Activity activity, Manifest manifest, Throwable failure) {
        meters.ended(activity, manifest);
        if (failure == null) {
            LOG.infof("Backup %s is complete: %d rows in %d bytes", manifest.id(), manifest.rows(), manifest.bytes());
        } else {
            LOG.warnf("Backup %s has failed: %s", activity.backup(), failure.getMessage());
            list.failed(activity, failure);
        }
    }

    /**
     * Removes a backup.
     *
     * @return fails with {@link NotFound} when there is none, and with {@link Conflict} while something is being done with it
     */
    public Uni<Void> remove(String name) {
        Activity present = thread.present();
        if (present != null && present.backup().equals(name)) {
            return Uni.createFrom()
                    .failure(new Conflict(
                            "Backup " + name + " is " + present.kind().words()));
        }
        return list.remove(name);
    }

    /**
     * Reads a backup to its end, in the background.
     *
     * @param began called with what is being done, before anything else is called
     * @param ended called with what is wrong, or null
     * @return what is being done, once it has begun; fails with {@link NotFound} when there is none, and with {@link Conflict}
     *     while something else is being done
     */
    public Uni<Activity> verify(String name, Consumer<Activity> began, Consumer<Throwable> ended) {
        Activity activity = new Activity(Kind.VERIFY, name, clock.instant());
        return list.require(name)
                .chain(folder -> thread.<Void>begin(
                        activity,
                        (session, begun) -> {
                            began.accept(activity);
                            begun.run();
                            BackupReader.open(folder, name, place.key(), thread::isEnding)
                                    .verify(activity);
                            return null;
                        },
                        (nothing, failure) -> ended.accept(failure)));
    }

    /**
     * Restores a backup into this service, which has to be empty, in the background.
     *
     * @param began called with what is being done, before anything else is called
     * @param checked called when all of it has been read, before anything is written
     * @param ended called with the failure, or null
     * @return what is being done, once it has begun; fails with {@link NotFound} when there is no such backup, with
     *     {@link Conflict} when it is of no use or the service is not empty, and with {@link Unavailable} when a store is
     *     unavailable
     */
    public Uni<Activity> restore(
            RestoreOrder order, Consumer<Activity> began, Runnable checked, Consumer<Throwable> ended) {
        Activity activity = new Activity(Kind.RESTORE, order.backup(), clock.instant());
        return list.require(order.backup())
                .chain(folder -> thread.<Void>begin(
                        activity,
                        (session, begun) -> {
                            BackupReader backup = read(folder, order.backup());
                            Restorer restorer = new Restorer(session.connection(), backup, order, activity);
                            restorer.check();
                            began.accept(activity);
                            begun.run();
                            backup.verify(activity);
                            checked.run();
                            restorer.restore();
                            return null;
                        },
                        (nothing, failure) -> ended.accept(failure)));
    }

    private BackupReader read(BackupFolder folder, String name) throws IOException {
        try {
            return BackupReader.open(folder, name, place.key(), thread::isEnding);
        } catch (DamagedBackup e) {
            throw new Conflict("Backup " + name + " cannot be restored: " + e.getMessage());
        }
    }
}
