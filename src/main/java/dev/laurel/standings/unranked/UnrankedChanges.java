package dev.laurel.standings.unranked;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The players whose records have taken them out of all rankings, or let them back in, and whom Redis may still show as
 * before. PostgreSQL writes down each in the transaction that changes the record.
 */
@ApplicationScoped
class UnrankedChanges {
    private static final String OF_PLAYER =
            "SELECT tenant_id, player_id, change_no FROM unranked_change WHERE tenant_id = $1 AND player_id = $2";

    private static final String END_BANS = "SELECT tenant_id, player_id, change_no FROM end_bans($1, $2)";

    private static final String TAKE =
            "SELECT tenant_id, player_id, change_no FROM take_unranked_changes(make_interval(secs => $1), $2)";

    private static final String DONE =
            "DELETE FROM unranked_change WHERE tenant_id = $1 AND player_id = $2 AND change_no = $3";

    private final Sql sql;

    UnrankedChanges(Sql sql) {
        this.sql = sql;
    }

    /** What is written down of a player: one change, or none. */
    Uni<List<UnrankedChange>> of(Tenant tenant, String playerId) {
        return sql.run(OF_PLAYER, tenant.id(), playerId).map(UnrankedChanges::read);
    }

    /** Ends the bans that are over at an instant, and returns the players who take a rank again. */
    Uni<List<UnrankedChange>> endBans(Instant now, long most) {
        return sql.run(END_BANS, now.atOffset(ZoneOffset.UTC), most).map(UnrankedChanges::read);
    }

    /** Takes over the changes that no process has finished within some seconds. */
    Uni<List<UnrankedChange>> take(double seconds, long most) {
        return sql.run(TAKE, seconds, most).map(UnrankedChanges::read);
    }

    /** Notes that Redis shows a change, and that nothing in flight can undo that. */
    Uni<Void> done(UnrankedChange change) {
        return sql.run(DONE, change.tenant().id(), change.playerId(), change.number())
                .replaceWithVoid();
    }

    private static List<UnrankedChange> read(RowSet<Row> rows) {
        List<UnrankedChange> changes = new ArrayList<>(rows.size());
        rows.forEach(
                row -> changes.add(new UnrankedChange(new Tenant(row.getShort(0)), row.getString(1), row.getLong(2))));
        return changes;
    }

    /**
     * A player who has been taken out of all rankings, or let back in.
     *
     * @param number of the change; a later change of the same player has another one
     */
    record UnrankedChange(Tenant tenant, String playerId, long number) {}
}
