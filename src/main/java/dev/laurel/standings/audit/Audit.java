package dev.laurel.standings.audit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.laurel.board.Board;
import dev.laurel.platform.postgres.JobLog;
import dev.laurel.platform.redis.RedisConfig;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.standings.window.RollingWindows;
import dev.laurel.standings.window.WindowRef;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Compares the open windows of all boards between PostgreSQL and Redis, row by row, and repairs the differences: the
 * guard against unforeseen faults.
 */
@ApplicationScoped
public class Audit {
    private static final String JOB = "audit";

    /** Assembling 30 days for every page costs PostgreSQL 30 times as much as one day. */
    private static final Duration ROLLING_GAP = Duration.ofMinutes(15);

    private static final int MAX_BOARDS = 100_000;

    private final WindowAudits audits;
    private final AuditReads reads;
    private final AuditRepair repair;
    private final RollingWindows rolling;
    private final JobLog log;
    private final AuditConfig config;
    private final Duration settle;

    /** The boards whose rolling windows this process has compared recently. */
    private final Cache<Integer, String> rollingCompared = Caffeine.newBuilder()
            .maximumSize(MAX_BOARDS)
            .expireAfterWrite(ROLLING_GAP)
            .build();

    Audit(
            WindowAudits audits,
            AuditReads reads,
            AuditRepair repair,
            RollingWindows rolling,
            JobLog log,
            AuditConfig config,
            RedisConfig redis) {
        this.audits = audits;
        this.reads = reads;
        this.repair = repair;
        this.rolling = rolling;
        this.log = log;
        this.config = config;
        // A writer that gets no reply from Redis by its deadline marks the window as suspect soon after.
        this.settle = redis.deadline().multipliedBy(2).plusMillis(500);
    }

    @Scheduled(
            identity = JOB,
            every = "${laurel.audit.interval:60s}",
            delayed = "10s",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> scheduled() {
        if (!config.enabled()) {
            return Uni.createFrom().voidItem();
        }
        // A little less than the interval, so that a run that starts a moment early still finds work.
        Duration gap = config.interval().multipliedBy(9).dividedBy(10);
        return run(audits.claim(null, gap, config.rowsPerRun()), this::isRollingDue)
                .replaceWithVoid()
                .onFailure()
                .recoverWithNull();
    }

    /**
     * Compares the open windows of a board now.
     *
     * @param board null for the windows of all boards, least recently compared first, up to the bound of one run
     * @return what was found, without windows that another run is comparing; fails with {@link Unavailable} when a
     *     store is unavailable
     */
    public Uni<AuditReport> run(Board board) {
        Integer boardId = board == null ? null : board.id();
        return run(
                audits.claim(boardId, Duration.ZERO, board == null ? config.rowsPerRun() : Long.MAX_VALUE),
                day -> true);
    }

    private boolean isRollingDue(WindowRef day) {
        return rollingCompared.asMap().putIfAbsent(day.board().id(), day.id()) == null;
    }

    /** @param withRolling whether the rolling windows are compared along with a day */
    private Uni<AuditReport> run(Uni<List<WindowRef>> claim, Predicate<WindowRef> withRolling) {
        long started = System.nanoTime();
        Uni<AuditReport> work = claim.chain(windows -> compareAll(windows, withRolling))
                .map(found -> new AuditReport(found, Duration.ofNanos(System.nanoTime() - started)));
        return log.told(JOB, work, AuditReport::different)
                .onTermination()
                .call(() -> audits.summary().onFailure().recoverWithNull());
    }

    private Uni<List<WindowAudit>> compareAll(List<WindowRef> windows, Predicate<WindowRef> withRolling) {
        return Multi.createFrom()
                .iterable(windows)
                .onItem()
                .transformToMultiAndConcatenate(window -> withRolling(window, withRolling))
                .onItem()
                .transformToUniAndConcatenate(this::compareOrSkip)
                .collect()
                .asList()
                .onFailure()
                .call(() -> audits.release(windows).onFailure().recoverWithNull());
    }

    /** A rolling window that takes PostgreSQL too long does not keep the others from being compared. */
    private Uni<WindowAudit> compareOrSkip(WindowRef window) {
        return window.period().isRolling()
                ? compare(window).onFailure(Unavailable.class).recoverWithNull()
                : compare(window);
    }

    /**
     * The rolling windows of a board are compared along with its newest day: they are made of days and are never
     * claimed themselves.
     */
    private Multi<WindowRef> withRolling(WindowRef window, Predicate<WindowRef> due) {
        List<WindowRef> all = new ArrayList<>(List.of(window));
        if (window.period() == Period.DAILY && rolling.isToday(window) && due.test(window)) {
            all.addAll(rolling.inUse(window.board()));
        }
        return Multi.createFrom().iterable(all);
    }

    private Uni<WindowAudit> compare(WindowRef window) {
        return Multi.createFrom()
                .iterable(window.rankings())
                .onItem()
                .transformToUniAndConcatenate(ranking -> new AuditPass(reads, repair, settle, ranking).run())
                .collect()
                .with(Collectors.reducing(WindowAudit::and))
                .map(Optional::orElseThrow)
                .call(audits::ended);
    }
}
