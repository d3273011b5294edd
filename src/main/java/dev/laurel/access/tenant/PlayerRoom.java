package dev.laurel.access.tenant;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.QuotaExceeded;
import dev.laurel.shared.Tenant;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Whether tenants may have more players. Each process counts those of limited tenants from time to time, never while something
 * is written; only for a tenant that was found full is each player looked up. So a tenant may get some players too many: those
 * who come between two counts.
 */
@ApplicationScoped
public class PlayerRoom {
    private static final Logger LOG = Logger.getLogger(PlayerRoom.class);

    /**
     * Board by board, so that the standings of other tenants are not looked through, and as many as the quota at most: some 0.3 s
     * for 300,000.
     */
    private static final String FULL = """
            SELECT (SELECT count(*) FROM (
                        SELECT FROM board b
                        JOIN LATERAL (SELECT FROM standing s WHERE s.board_id = b.id LIMIT $2) t ON true
                        WHERE b.tenant_id = $1 AND b.deleted_at IS NULL LIMIT $2) x) >= $2,
                   (SELECT count(*) FROM (SELECT FROM player p WHERE p.tenant_id = $1 LIMIT $2) t) >= $2""";

    private static final String NEW = """
            SELECT p.id FROM unnest($2::text[]) AS p (id)
            WHERE NOT EXISTS (SELECT FROM standing s WHERE s.board_id = $1 AND s.player_id = p.id)""";

    /** A count is repeated after so many times as long as it took: large tenants cost no more than small ones. */
    private static final int RESTS = 50;

    private static final Counted UNKNOWN = new Counted(0, false, false, 0);

    private final Sql sql;
    private final TenantRegistry tenants;
    private volatile Map<Tenant, Counted> counted = Map.of();

    PlayerRoom(Sql sql, TenantRegistry tenants) {
        this.sql = sql;
        this.tenants = tenants;
    }

    /** Counts the players of limited tenants whose count is due. */
    @Scheduled(identity = "tenant-players", every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    public Uni<Void> count() {
        Map<Tenant, Counted> next = new HashMap<>();
        return Multi.createFrom()
                .iterable(tenants.all())
                .filter(tenant -> tenant.definition().quotas().players() != null)
                .onItem()
                .transformToUniAndConcatenate(tenant -> now(tenant).invoke(found -> next.put(tenant.tenant(), found)))
                .collect()
                .last()
                .invoke(() -> counted = Map.copyOf(next))
                .replaceWithVoid();
    }

    /** What was counted last, until the next count is due, or the quota is another one. */
    private Uni<Counted> now(RegisteredTenant tenant) {
        long quota = tenant.definition().quotas().players();
        Counted before = of(tenant.tenant());
        long started = System.nanoTime();
        if (before.quota == quota && started - before.dueNanos < 0) {
            return Uni.createFrom().item(before);
        }
        return sql.runForJob(FULL, tenant.tenant().id(), quota)
                .map(rows -> rows.iterator().next())
                .map(row -> new Counted(quota, row.getBoolean(0), row.getBoolean(1), due(started)))
                .onFailure()
                .invoke(failure -> LOG.debugf("The players of %s were not counted: %s", tenant.name(), failure))
                // A tenant that cannot be counted must not keep the others from it.
                .onFailure()
                .recoverWithItem(() -> new Counted(quota, before.boards, before.records, due(started)));
    }

    private static long due(long started) {
        long ended = System.nanoTime();
        return ended + RESTS * (ended - started);
    }

    /** What is known of a tenant, by the quota that it has now. */
    private Counted of(Tenant tenant) {
        Counted known = counted.getOrDefault(tenant, UNKNOWN);
        return known == UNKNOWN || !Objects.equals(tenants.quotas(tenant).players(), known.quota) ? UNKNOWN : known;
    }

    /** Whether the boards of a tenant have as many players as they may. */
    public boolean isFull(Tenant tenant) {
        return of(tenant).boards;
    }

    /** Those of the given players who have never scored on a board. */
    public Uni<Set<String>> newOn(int board, Collection<String> players) {
        return sql.run(NEW, board, players.toArray(String[]::new)).map(rows -> {
            Set<String> ids = new HashSet<>();
            rows.forEach(row -> ids.add(row.getString(0)));
            return ids;
        });
    }

    /** @throws QuotaExceeded when the tenant has as many records of players as it may */
    public void requireRecords(Tenant tenant) {
        if (of(tenant).records) {
            throw refusal(tenant);
        }
    }

    /** The refusal of a player. */
    public QuotaExceeded refusal(Tenant tenant) {
        return new QuotaExceeded("The tenant may have " + tenants.quotas(tenant).players()
                + " players, and has them: those it has may go on");
    }

    /**
     * Whether a tenant was full.
     *
     * @param quota by which
     * @param boards of players on its boards
     * @param records of records
     * @param dueNanos when to count again
     */
    private record Counted(long quota, boolean boards, boolean records, long dueNanos) {}
}
