package dev.laurel.standings.audit;

import dev.laurel.board.Board;
import dev.laurel.platform.postgres.JobLog;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.audit.RestingAudits.Claimed;
import dev.laurel.standings.window.WindowRef;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares the open windows of all boards between PostgreSQL and Redis, row by row, and repairs the differences: the
 * guard against unforeseen faults. On schedule it compares what has changed, and everything once in a longer time.
 */
@ApplicationScoped
public class Audit {
    private static final String JOB = "audit";

    private final WindowAudits audits;
    private final RestingAudits resting;
    private final AuditRound round;
    private final CompleteWalk walk;
    private final WindowComparisons comparisons;
    private final JobLog log;
    private final AuditConfig config;

    Audit(
            WindowAudits audits,
            RestingAudits resting,
            AuditRound round,
            CompleteWalk walk,
            WindowComparisons comparisons,
            JobLog log,
            AuditConfig config) {
        this.audits = audits;
        this.resting = resting;
        this.round = round;
        this.walk = walk;
        this.comparisons = comparisons;
        this.log = log;
        this.config = config;
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
        return look(null, gap).replaceWithVoid().onFailure().recoverWithNull();
    }

    /**
     * Looks at windows as a scheduled run does.
     *
     * @param boardId null for the windows of all boards
     * @param gap windows looked at more recently than this are left alone
     * @return what was found in windows that did not rest
     */
    Uni<AuditReport> look(Integer boardId, Duration gap) {
        return recorded(resting.claim(boardId, gap)
                .chain(windows -> look(windows).onFailure().call(() -> audits.release(
                                windows.stream().map(Claimed::window).toList())
                        .onFailure()
                        .recoverWithNull())));
    }

    private Uni<List<WindowAudit>> look(List<Claimed> windows) {
        if (windows.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        AuditPace pace = new AuditPace(config.interval().dividedBy(2), config.rowsPerRun());
        return round.run(windows, pace).chain(looked -> walk(looked)).call(pace::end);
    }

    /** It has a time of its own, whatever there was to compare before. */
    private Uni<List<WindowAudit>> walk(AuditRound.Looked looked) {
        AuditPace pace = new AuditPace(config.interval().multipliedBy(4).dividedBy(10), config.rowsPerRun());
        return walk.run(looked.walkable(), pace).call(pace::end).map(walked -> Stream.concat(
                        looked.found().stream(), walked.stream())
                .toList());
    }

    /**
     * Compares all of the open windows of a board now.
     *
     * @param board null for the windows of all boards, least recently compared first, up to the bound of one run
     * @return what was found, without windows that another run is comparing; fails with {@link Unavailable} when a
     *     store is unavailable
     */
    public Uni<AuditReport> run(Board board) {
        Integer boardId = board == null ? null : board.id();
        return recorded(audits.claim(boardId, Duration.ZERO, board == null ? config.rowsPerRun() : Long.MAX_VALUE)
                .chain(this::compareAll));
    }

    private Uni<AuditReport> recorded(Uni<List<WindowAudit>> run) {
        long started = System.nanoTime();
        Uni<AuditReport> work = run.map(found -> new AuditReport(found, Duration.ofNanos(System.nanoTime() - started)));
        return log.told(JOB, work, AuditReport::different)
                .onTermination()
                .call(() -> audits.summary().onFailure().recoverWithNull());
    }

    private Uni<List<WindowAudit>> compareAll(List<WindowRef> windows) {
        return Multi.createFrom()
                .iterable(windows)
                .onItem()
                .transformToMultiAndConcatenate(this::withRolling)
                .onItem()
                .transformToUniAndConcatenate(window -> comparisons
                        .wholeOrSkip(window)
                        .call(found -> found == null ? Uni.createFrom().voidItem() : audits.ended(found)))
                .collect()
                .asList()
                .onFailure()
                .call(() -> audits.release(windows).onFailure().recoverWithNull());
    }

    private Multi<WindowRef> withRolling(WindowRef window) {
        List<WindowRef> all = new ArrayList<>(List.of(window));
        all.addAll(comparisons.rollingWith(window));
        return Multi.createFrom().iterable(all);
    }
}
