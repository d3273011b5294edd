package dev.laurel.auditlog;

import dev.laurel.auditlog.AuditedAction.Actor;
import dev.laurel.auditlog.AuditedAction.Definition;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Writes the audit log. An entry is written before its action begins, with the definition as it is then, and what became of it
 * before the response is sent. So no action is without an entry, whatever happens to the process or to PostgreSQL.
 */
@ApplicationScoped
public class AuditLog {
    private static final Logger LOG = Logger.getLogger(AuditLog.class);

    private static final String BEGIN = """
            INSERT INTO audit_log (tenant_id, at, actor_kind, actor, address, operation, method, target, player_id, parameters,
                before)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, audit_image($13, $11, $12)) RETURNING id""";

    private static final String END = """
            INSERT INTO audit_outcome (id, at, status, changed, after)
            SELECT l.id, $2, $3, l.before IS DISTINCT FROM n.image, CASE WHEN l.before IS DISTINCT FROM n.image THEN n.image END
            FROM audit_log l, audit_image($4, $5, $6) AS n (image) WHERE l.id = $1
            ON CONFLICT DO NOTHING""";

    /** For the tenant whose key it was: who operates the service, and from where, is not told. */
    private static final String COPY = """
            WITH copy AS (
                INSERT INTO audit_log (tenant_id, at, actor_kind, actor, address, operation, method, target, player_id,
                    parameters, before)
                SELECT $2, l.at, l.actor_kind, 'operator', '-', l.operation, l.method, l.target, l.player_id, l.parameters,
                    l.before
                FROM audit_log l WHERE l.id = $1
                RETURNING id)
            INSERT INTO audit_outcome (id, at, status, changed, after)
            SELECT c.id, o.at, o.status, o.changed, o.after FROM copy c, audit_outcome o WHERE o.id = $1""";

    private final Sql sql;
    private final Clock clock;

    AuditLog(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * Records an action that is about to begin.
     *
     * @return the number of the entry; fails when it could not be written, and the action must not begin then
     */
    public Uni<Long> begin(AuditedAction action) {
        Actor actor = action.actor();
        return sql.run(
                        BEGIN,
                        actor.tenant().id(),
                        now(),
                        actor.kind(),
                        actor.name(),
                        actor.address(),
                        action.operation(),
                        action.method(),
                        action.target(),
                        action.playerId(),
                        new JsonObject(action.parameters()),
                        action.definition().kind(),
                        action.definition().name(),
                        action.owner(action.definition()).id())
                .map(rows -> rows.iterator().next().getLong(0));
    }

    /** Records what became of an action. Never fails: it has happened, and its entry says that it had begun. */
    public Uni<Void> end(long entry, AuditedAction action, int status) {
        Definition created = AuditSubject.current();
        return end(entry, action, created == null ? action.definition() : created, status);
    }

    /** The same, where it is known which definition the action was about. */
    public Uni<Void> end(long entry, AuditedAction action, Definition definition, int status) {
        Tenant owner = action.owner(definition);
        // Both entries belong together, and one may be of another tenant.
        return sql.runForAll(END, entry, now(), (short) status, owner.id(), definition.kind(), definition.name())
                .chain(() -> owner.equals(action.actor().tenant())
                        ? Uni.createFrom().nullItem()
                        : sql.runForAll(COPY, entry, owner.id()))
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "The outcome of entry %d of the audit log could not be written (status %d): %s",
                        entry, status, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Records in the log of the process that an action begins whose entry could not be written. */
    public void missed(AuditedAction action, Throwable failure) {
        LOG.warnf(
                "%s begins without an entry in the audit log, for %s %s: %s",
                action.operation(), action.actor().kind(), action.actor().name(), failure.getMessage());
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
