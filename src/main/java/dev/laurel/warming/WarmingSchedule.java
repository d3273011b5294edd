package dev.laurel.warming;

import dev.laurel.platform.async.OffLoop;
import dev.laurel.platform.lifecycle.MainThread;
import dev.laurel.platform.lifecycle.StartOrder;
import dev.laurel.warming.forecast.Demand;
import dev.laurel.warming.forecast.DemandStore;
import dev.laurel.warming.forecast.HourCounts;
import dev.laurel.warming.forecast.HourOfWeek;
import dev.laurel.warming.forecast.QuietHour;
import dev.laurel.warming.forecast.View;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts what is read, remembers it, and begins to load what is wanted soon when there is an occasion. */
@ApplicationScoped
public class WarmingSchedule {
    private static final Logger LOG = Logger.getLogger(WarmingSchedule.class);

    /** For what is not remembered yet when the service stops. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** An occasion of the past is none any more for a process that begins now. */
    private static final Duration RECENT = Duration.ofMinutes(10);

    private final Views views;
    private final DemandStore demand;
    private final Warming warming;
    private final WarmingFigures figures;
    private final WarmingConfig config;
    private final Clock clock;
    private final List<Occasions> occasions;
    private final HourOfWeek week;
    private final HourCounts counts;
    private final Map<Trigger, Instant> handled = new EnumMap<>(Trigger.class);
    private volatile int quietHour = QuietHour.USUAL;
    private volatile Instant quietHourOf;
    private volatile Instant keptAt = Instant.EPOCH;

    WarmingSchedule(
            Views views,
            DemandStore demand,
            Warming warming,
            WarmingFigures figures,
            WarmingConfig config,
            Clock clock,
            @All List<Occasions> occasions) {
        this.views = views;
        this.demand = demand;
        this.warming = warming;
        this.figures = figures;
        this.config = config;
        this.clock = clock;
        this.occasions = occasions;
        this.week = new HourOfWeek(config.zone());
        this.counts = new HourCounts(week, config.remembered());
    }

    @Scheduled(
            identity = "warming-views",
            every = "${laurel.warming.look-every:10s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> count() {
        if (!config.enabled()) {
            return Uni.createFrom().voidItem();
        }
        return read().chain(() -> clock.instant().isBefore(keptAt.plus(config.keepEvery()))
                ? Uni.createFrom().voidItem()
                : keep());
    }

    /** Takes what was read from the counters. */
    Uni<Void> read() {
        // There may be many different ones.
        return OffLoop.always(() -> {
            Instant now = clock.instant();
            Map<View, Long> taken = views.take();
            counts.add(taken, now);
            figures.read(taken, now);
            return null;
        });
    }

    /** Remembers what was read; what cannot be remembered now is remembered the next time. */
    Uni<Void> keep() {
        Instant now = clock.instant();
        keptAt = now;
        List<Demand> taken = counts.take(now);
        return demand.add(taken)
                .onFailure()
                .invoke(failure -> {
                    LOG.debugf("What was read is remembered later: %s", failure.getMessage());
                    counts.giveBack(taken);
                })
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(
            identity = "warming",
            every = "${laurel.warming.look-every:10s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        if (!config.enabled()) {
            return Uni.createFrom().voidItem();
        }
        return findQuietHour()
                .chain(this::due)
                .onItem()
                .transformToMulti(due -> Multi.createFrom().iterable(due))
                .onItem()
                .transformToUniAndConcatenate(this::handle)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Occasions to warm are looked for later: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> findQuietHour() {
        Instant hour = week.begin(clock.instant());
        if (config.quietHour().isPresent() || hour.equals(quietHourOf)) {
            return Uni.createFrom().voidItem();
        }
        return demand.byHour()
                .invoke(weights -> {
                    quietHour = QuietHour.of(weights);
                    quietHourOf = hour;
                })
                .replaceWithVoid();
    }

    /** What has not been handled yet. */
    Uni<List<Occasion>> due() {
        Instant now = clock.instant();
        List<Occasion> found = new ArrayList<>();
        if (!handled.containsKey(Trigger.START)) {
            found.add(new Occasion(Trigger.START, week.begin(now)));
        }
        if (!now.isBefore(week.next(now).minus(config.ahead()))) {
            found.add(new Occasion(Trigger.FORECAST, week.next(now)));
        }
        if (week.of(now) % HourOfWeek.HOURS_A_DAY == quietHour()) {
            found.add(new Occasion(Trigger.QUIET_HOUR, week.begin(now)));
        }
        return Multi.createFrom()
                .iterable(occasions)
                .onItem()
                .transformToUniAndConcatenate(one -> one.latest(now, config.ahead()))
                .invoke(latest -> latest.stream()
                        .filter(one -> one.mark().isAfter(now.minus(RECENT)))
                        .forEach(found::add))
                .collect()
                .last()
                .map(done -> found.stream().filter(this::isNew).toList());
    }

    private boolean isNew(Occasion occasion) {
        Instant last = handled.get(occasion.trigger());
        return last == null || occasion.mark().isAfter(last);
    }

    private Uni<WarmingRun> handle(Occasion occasion) {
        handled.put(occasion.trigger(), occasion.mark());
        // What was read before is no use of what is loaded now.
        return read().chain(() -> warming.run(occasion));
    }

    /** The hour of the day at which the coming day is prepared. */
    public int quietHour() {
        return config.quietHour().orElse(quietHour);
    }

    /** When what is wanted in the next hour is loaded. */
    public Instant nextForecast() {
        Instant now = clock.instant();
        Instant next = week.next(now);
        Instant begins = next.minus(config.ahead());
        return now.isBefore(begins) ? begins : week.next(next).minus(config.ahead());
    }

    // Before the jobs end, and with them the way to PostgreSQL.
    void rememberAll(@Observes @Priority(StartOrder.JOBS_END) ShutdownEvent event) {
        if (config.enabled()) {
            MainThread.await(() -> read().chain(this::keep)
                    .ifNoItem()
                    .after(PATIENCE)
                    .fail()
                    .onFailure()
                    .recoverWithNull());
        }
    }
}
