package dev.laurel.correction;

import dev.laurel.correction.HeldEvent.State;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.postgres.Sql;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Removes held events that are no longer kept, and counts those that wait for a decision. */
// Created at startup, so that all meters are there before the first held event.
@Startup
@ApplicationScoped
class HeldEventHousekeeping {
    private static final String FORGET = "SELECT forget_held_events($1, $2, $3)";
    private static final String COUNT = "SELECT count(*) FROM held_event WHERE state = 'PENDING'";
    private static final long AT_ONCE = 5_000;

    private final Sql sql;
    private final JobLog log;
    private final Config config;
    private final Clock clock;
    private final AtomicLong pending = new AtomicLong();

    HeldEventHousekeeping(Sql sql, JobLog log, Config config, Clock clock, MeterRegistry meters) {
        this.sql = sql;
        this.log = log;
        this.config = config;
        this.clock = clock;
        meters.gauge(Meters.HELD_PENDING, pending);
        meters.counter(Meters.HELD_DECISIONS, "decision", State.ACCEPTED.name());
        meters.counter(Meters.HELD_DECISIONS, "decision", State.REJECTED.name());
    }

    @Scheduled(identity = "held-events-housekeeping", every = "10m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return log.run("held-events-housekeeping", forget());
    }

    @Scheduled(identity = "held-events-count", every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return sql.runForJob(COUNT)
                .invoke(rows -> pending.set(rows.iterator().next().getLong(0)))
                .replaceWithVoid()
                // The figure stays as it was.
                .onFailure()
                .recoverWithNull();
    }

    /** The number that waited when it was counted last. */
    long pending() {
        return pending.get();
    }

    /** Returns how much was removed. */
    Uni<Long> forget() {
        return Multi.createBy()
                .repeating()
                .uni(() -> sql.runForJob(
                                FORGET,
                                clock.instant().minus(config.retention()).atOffset(ZoneOffset.UTC),
                                clock.instant().atOffset(ZoneOffset.UTC),
                                AT_ONCE)
                        .map(rows -> rows.iterator().next().getLong(0)))
                .whilst(removed -> removed >= AT_ONCE)
                .collect()
                .with(Collectors.summingLong(Long::longValue));
    }

    /** Settings of held events. */
    @ConfigMapping(prefix = "laurel.held-events")
    interface Config {
        /**
         * How long a held event is kept, decided on or not; then it can no longer be accepted, and its event id may be used
         * again. Long enough for a holiday of the reviewers.
         */
        @WithDefault("P90D")
        Duration retention();
    }
}
