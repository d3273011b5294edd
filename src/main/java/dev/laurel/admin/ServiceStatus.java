package dev.laurel.admin;

import dev.laurel.board.Boards;
import dev.laurel.feed.FollowerState;
import dev.laurel.feed.Followers;
import dev.laurel.platform.meters.Meters;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.standings.admin.StandingsStatus;
import dev.laurel.standings.audit.Audit;
import dev.laurel.standings.audit.AuditReport;
import dev.laurel.standings.audit.AuditSummary;
import dev.laurel.standings.load.RepairFigures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The state of the service: its stores, its windows, and what was found wrong and repaired. */
@ApplicationScoped
public class ServiceStatus {
    /** A status is returned within a second, whatever is unavailable. */
    private static final Duration PATIENCE = Duration.ofMillis(700);

    private final StoreHealth health;
    private final StandingsStatus standings;
    private final Audit audit;
    private final Followers followers;
    private final Boards boards;
    private final MeterRegistry meters;
    private final Clock clock;

    ServiceStatus(
            StoreHealth health,
            StandingsStatus standings,
            Audit audit,
            Followers followers,
            Boards boards,
            MeterRegistry meters,
            Clock clock) {
        this.health = health;
        this.standings = standings;
        this.audit = audit;
        this.followers = followers;
        this.boards = boards;
        this.meters = meters;
        this.clock = clock;
    }

    /** Never fails: what an unavailable store would have to supply is null. */
    public Uni<Status> read() {
        return Uni.combine()
                .all()
                .unis(
                        health.postgres(),
                        health.redis(),
                        inTime(standings.windows()),
                        inTime(standings.audits()),
                        inTime(followers.states()))
                .with((postgres, redis, windows, audits, states) -> new Status(
                        clock.instant(), postgres, redis, windows, waiting(), standings.repairs(), audits, states));
    }

    private static <T> Uni<T> inTime(Uni<T> figures) {
        return figures.ifNoItem().after(PATIENCE).fail().onFailure().recoverWithNull();
    }

    private long waiting() {
        Gauge gauge = meters.find(Meters.WAITING).gauge();
        return gauge == null ? 0 : (long) gauge.value();
    }

    /**
     * Compares open windows between the two stores now, and repairs differences.
     *
     * @param board null for all boards, up to the bound of one run
     * @return fails with {@link NotFound}, and with {@link Unavailable} when a store is unavailable
     */
    public Uni<AuditReport> audit(String board) {
        return board == null ? audit.run(null) : boards.get(board).chain(audit::run);
    }

    /**
     * The state of the service at one moment.
     *
     * @param windows null without PostgreSQL
     * @param waiting events in the lanes of this process
     * @param repairs of this process since startup
     * @param audits of all processes, null without PostgreSQL
     * @param followers likewise
     */
    public record Status(
            Instant at,
            StoreHealth.Postgres postgres,
            StoreHealth.Redis redis,
            StandingsStatus.Windows windows,
            long waiting,
            RepairFigures repairs,
            AuditSummary audits,
            List<FollowerState> followers) {
        public boolean healthy() {
            return postgres.healthy() && redis.healthy();
        }
    }
}
