package dev.laurel.player.friend;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.player.PlayerKey;
import dev.laurel.player.SegmentChanges;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PlayerIds;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.stream.StreamSupport;

/** The friends that players have listed. Neither a player nor a friend needs a record. */
@ApplicationScoped
public class Friends {
    /** Names the segments of friend lists: {@code friends:ada} is ada with her friends. */
    public static final String SEGMENT = "friends";

    /** Maximum number of friends of one player. */
    public static final int MAX = 1_000;

    private static final String OF = """
            SELECT friend_id FROM friend WHERE tenant_id = $1 AND player_id = $2 ORDER BY friend_id""";

    private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(81, hashtext($1))";

    private static final String PUT = """
            WITH removed AS (
                DELETE FROM friend WHERE tenant_id = $1 AND player_id = $2 AND friend_id <> ALL ($3::text[]))
            INSERT INTO friend (tenant_id, player_id, friend_id)
            SELECT $1, $2, id FROM unnest($3::text[]) AS id
            ON CONFLICT DO NOTHING""";

    private final Sql sql;
    private final SegmentChanges segments;

    Friends(Sql sql, SegmentChanges segments) {
        this.sql = sql;
        this.segments = segments;
    }

    /** The friends of a player, ordered by id; empty when the player has listed none. */
    public Uni<List<String>> of(PlayerKey player) {
        return sql.run(OF, player.tenant().id(), player.id())
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map((Row row) -> row.getString(0))
                        .toList());
    }

    /**
     * Replaces the list of a player's friends.
     *
     * @param friends at most {@value #MAX}; repeated ones count once
     * @return the list as it is stored
     */
    public Uni<List<String>> put(PlayerKey player, List<String> friends) {
        if (friends == null || friends.size() > MAX) {
            throw new InvalidInput("friends", "must name at most " + MAX + " players");
        }
        friends.forEach(id -> PlayerIds.require("friends", id));
        if (friends.contains(player.id())) {
            throw new InvalidInput("friends", "must not name the player");
        }
        // In one order, so that concurrent changes of a list wait for each other instead of getting stuck.
        String[] ids = friends.stream().distinct().sorted().toArray(String[]::new);
        int tenant = player.tenant().id();
        // The lock in a statement of its own: the list is changed as it is once the lock is held.
        return sql.inTransaction(statements -> statements
                        .run(ONE_AT_A_TIME, tenant + ":" + player.id())
                        .chain(() -> statements.run(PUT, tenant, player.id(), ids)))
                .onTermination()
                .invoke(() -> segments.report(player.tenant(), List.of(SEGMENT + ":" + player.id())))
                .chain(() -> of(player));
    }
}
