package dev.laurel.standings.audit;

import dev.laurel.standings.load.Rebuilder;
import dev.laurel.standings.load.Repairs;
import dev.laurel.standings.load.StandingsSync;
import dev.laurel.standings.window.ChangeStamps;
import dev.laurel.standings.window.WindowRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.List;

/** Repairs what the audit has found, counts it and reports it. */
@ApplicationScoped
class AuditRepair {
    private static final Logger LOG = Logger.getLogger(AuditRepair.class);

    private final WindowAudits audits;
    private final StandingsSync sync;
    private final Rebuilder rebuilder;
    private final ChangeStamps stamps;
    private final Repairs repairs;

    AuditRepair(WindowAudits audits, StandingsSync sync, Rebuilder rebuilder, ChangeStamps stamps, Repairs repairs) {
        this.audits = audits;
        this.sync = sync;
        this.rebuilder = rebuilder;
        this.stamps = stamps;
        this.repairs = repairs;
    }

    /** Whether there is anything to compare: a stale window is not read, and is reloaded in any case. */
    boolean trusts(WindowRef window) {
        return rebuilder.trusts(window);
    }

    void compared(long rows) {
        repairs.compared(rows);
    }

    /** A window in which nothing has changed. */
    void rested() {
        repairs.rested();
    }

    /** A window was compared completely, bit by bit. */
    void walked() {
        repairs.walked();
    }

    /** Copies to Redis what is missing or older there; the window stays in use. */
    Uni<Void> carry(WindowRef window, List<String> players) {
        return found(window, players.size())
                .chain(() -> sync.apply(window, players))
                .invoke(taken -> repaired(window, players.size()))
                .replaceWithVoid();
    }

    /** Reloads the window; if that fails, the window is not read until a load succeeds. */
    Uni<Void> rebuild(WindowRef window, long rows) {
        return found(window, rows)
                .chain(() -> rebuilder.rebuild(window))
                .onFailure()
                .call(() -> rebuilder.invalidate(List.of(window)).onFailure().recoverWithNull())
                .invoke(players -> repaired(window, rows))
                .replaceWithVoid();
    }

    private Uni<Void> found(WindowRef window, long rows) {
        repairs.different(rows);
        LOG.warnf(
                "Redis differs from PostgreSQL in %d standings or more of window %s/%s of board %s",
                rows, window.period().path(), window.id(), window.board().name());
        return audits.differs(window);
    }

    private void repaired(WindowRef window, long rows) {
        repairs.repaired(rows);
        stamps.changed(window);
    }
}
