package dev.laurel.backup;

import dev.laurel.backup.file.Manifest;
import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;

/** Counts backups, and watches how old the newest one is, whichever process has made it. */
@Startup
@ApplicationScoped
class BackupMeters {
    private static final String OUTCOME = "outcome";

    private final BackupPlace place;
    private final BackupList list;
    private final Clock clock;
    private final Timer complete;
    private final Timer failed;
    private volatile Manifest newest;

    BackupMeters(BackupPlace place, BackupList list, Clock clock, MeterRegistry meters) {
        this.place = place;
        this.list = list;
        this.clock = clock;
        this.complete = meters.timer(Meters.BACKUPS, OUTCOME, "complete");
        this.failed = meters.timer(Meters.BACKUPS, OUTCOME, "failed");
        Gauge.builder(Meters.BACKUP_AGE, this, BackupMeters::age).register(meters);
        Gauge.builder(Meters.BACKUP_BYTES, this, BackupMeters::bytes).register(meters);
    }

    private double age() {
        Manifest known = newest;
        return known == null
                ? Double.NaN
                : Duration.between(known.startedAt(), clock.instant()).toMillis() / 1_000.0;
    }

    private double bytes() {
        Manifest known = newest;
        return known == null ? Double.NaN : known.bytes();
    }

    /** @param manifest null when it has failed */
    void ended(Activity activity, Manifest manifest) {
        (manifest == null ? failed : complete).record(Duration.between(activity.startedAt(), clock.instant()));
        if (manifest != null) {
            newest = manifest;
        }
    }

    /** One that could not even begin. */
    void failed() {
        failed.record(Duration.ZERO);
    }

    /** Looks at the directory. Never fails. */
    Uni<Void> look() {
        return place.ifSet().isEmpty()
                ? Uni.createFrom().voidItem()
                : list.newest()
                        .invoke(found -> newest = found.map(Backup::manifest).orElse(null))
                        .replaceWithVoid()
                        .onFailure()
                        .recoverWithNull();
    }
}
