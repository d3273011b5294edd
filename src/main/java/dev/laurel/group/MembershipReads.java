package dev.laurel.group;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.player.PlayerKey;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads memberships, each question in one statement. */
@ApplicationScoped
public class MembershipReads {
    private final Sql sql;

    MembershipReads(Sql sql) {
        this.sql = sql;
    }

    Uni<PageResult<Member>> members(GroupKey key, PageRequest page) {
        return sql.run(MembershipSql.MEMBERS, key.tenant().id(), key.kind(), key.id(), page.offset(), (long)
                        page.limit())
                .map(rows -> members(key, rows));
    }

    private static PageResult<Member> members(GroupKey key, RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Groups.unknown(key);
        }
        List<Member> members = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getString(2) != null) {
                members.add(new Member(row.getString(2), Memberships.instant(row, 3)));
            }
        }
        return new PageResult<>(members, rows.iterator().next().getLong(1));
    }

    Uni<PageResult<GroupOfPlayer>> groupsOf(PlayerKey player, PageRequest page) {
        return sql.run(MembershipSql.GROUPS_OF_PLAYER, player.tenant().id(), player.id(), page.offset(), (long)
                        page.limit())
                .map(rows -> groupsOf(player, rows));
    }

    private static PageResult<GroupOfPlayer> groupsOf(PlayerKey player, RowSet<Row> rows) {
        List<GroupOfPlayer> groups = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getString(1) != null) {
                groups.add(new GroupOfPlayer(
                        new GroupKey(player.tenant(), row.getString(1), row.getString(2)),
                        row.getString(3),
                        Memberships.instant(row, 4)));
            }
        }
        return new PageResult<>(groups, rows.iterator().next().getLong(0));
    }

    /**
     * The ids of a group's members, in no particular order; empty when there is no such group.
     *
     * @param limit maximum number of members
     */
    public Uni<Optional<List<String>>> playersOf(GroupKey key, int limit) {
        return sql.run(MembershipSql.PLAYERS, key.tenant().id(), key.kind(), key.id(), (long) limit)
                .map(MembershipReads::players);
    }

    private static Optional<List<String>> players(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return Optional.empty();
        }
        List<String> players = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getString(0) != null) {
                players.add(row.getString(0));
            }
        }
        return Optional.of(players);
    }
}
