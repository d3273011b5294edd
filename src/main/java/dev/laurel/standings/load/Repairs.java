package dev.laurel.standings.load;

import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Counts the discrepancies between the stores that this process has found and repaired. */
@ApplicationScoped
public class Repairs {
    private final MeterRegistry meters;
    private final Clock clock;
    private final Counter crashes;
    private final Counter carried;
    private final Timer rebuilds;
    private final Counter rebuildsFailed;
    private final Counter rebuiltRows;
    private final Counter markedStale;
    private final Counter compared;
    private final Counter different;
    private final Counter repaired;
    private final Counter rested;
    private final Counter walked;
    private volatile Instant lastCrash;
    private volatile Instant lastRebuild;
    private volatile Instant lastDifference;

    Repairs(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.crashes = meters.counter(Meters.CRASHES);
        this.carried = meters.counter(Meters.REPAIRED);
        this.rebuilds = meters.timer(Meters.REBUILDS);
        this.rebuildsFailed = meters.counter(Meters.REBUILDS_FAILED);
        this.rebuiltRows = meters.counter(Meters.REBUILT_ROWS);
        this.markedStale = meters.counter(Meters.WINDOWS_MARKED_STALE);
        this.compared = meters.counter(Meters.AUDIT_COMPARED);
        this.different = meters.counter(Meters.AUDIT_DIFFERENT);
        this.repaired = meters.counter(Meters.AUDIT_REPAIRED);
        this.rested = meters.counter(Meters.AUDIT_RESTED);
        this.walked = meters.counter(Meters.AUDIT_WALKED);
    }

    /** The size of this map is the number of stale windows. */
    void watch(Map<?, ?> stale) {
        meters.gauge(Meters.STALE_WINDOWS, stale, Map::size);
    }

    void crashRepaired(long standings) {
        crashes.increment();
        carried.increment(standings);
        lastCrash = clock.instant();
    }

    void rebuilt(long standings, Duration took) {
        rebuilds.record(took);
        rebuiltRows.increment(standings);
        lastRebuild = clock.instant();
    }

    void rebuildFailed() {
        rebuildsFailed.increment();
    }

    void markedStale(int windows) {
        markedStale.increment(windows);
    }

    public void compared(long rows) {
        compared.increment(rows);
    }

    public void different(long rows) {
        different.increment(rows);
        lastDifference = clock.instant();
    }

    public void repaired(long rows) {
        repaired.increment(rows);
    }

    /** A window was left alone, since nothing has changed in it. */
    public void rested() {
        rested.increment();
    }

    /** All of a window has been compared. */
    public void walked() {
        walked.increment();
    }

    public RepairFigures figures() {
        return new RepairFigures(
                new RepairFigures.Crashes((long) crashes.count(), (long) carried.count(), lastCrash),
                new RepairFigures.Rebuilds(
                        rebuilds.count(),
                        (long) rebuildsFailed.count(),
                        (long) rebuiltRows.count(),
                        Duration.ofNanos((long) rebuilds.totalTime(java.util.concurrent.TimeUnit.NANOSECONDS)),
                        lastRebuild),
                (long) markedStale.count(),
                new RepairFigures.Audited(
                        (long) compared.count(),
                        (long) different.count(),
                        (long) repaired.count(),
                        (long) rested.count(),
                        (long) walked.count(),
                        lastDifference));
    }
}
