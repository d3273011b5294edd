package dev.laurel.group;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.player.PlayerKey;
import dev.laurel.player.SegmentChanges;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.PlayerIds;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Who belongs to groups, and since when. A player may belong to any number of groups, and needs no record. Changes of
 * one group happen one after the other.
 */
@ApplicationScoped
public class Memberships {
    /** Maximum number of players in one change. */
    public static final int MAX_CHANGE = 10_000;

    private final Sql sql;
    private final MembershipReads reads;
    private final GroupConfig config;
    private final SegmentChanges segments;
    private final Clock clock;

    Memberships(Sql sql, MembershipReads reads, GroupConfig config, SegmentChanges segments, Clock clock) {
        this.sql = sql;
        this.reads = reads;
        this.config = config;
        this.segments = segments;
        this.clock = clock;
    }

    /**
     * The members of a group, ordered by id.
     *
     * @return fails with {@link NotFound} when there is no such group
     */
    public Uni<PageResult<Member>> members(GroupKey key, PageRequest page) {
        return reads.members(key, page);
    }

    /** The groups of a player, ordered by kind and id. */
    public Uni<PageResult<GroupOfPlayer>> groupsOf(PlayerKey player, PageRequest page) {
        return reads.groupsOf(player, page);
    }

    /**
     * Makes a player a member of a group.
     *
     * @param joinedAt not before 1970, and not in the future; null for now, or for leaving the date of a member as it is
     * @return fails with {@link NotFound} when there is no such group, with {@link Conflict} when it is full
     */
    public Uni<Joined> put(GroupKey key, String playerId, Instant joinedAt) {
        PlayerIds.require("player", playerId);
        if (joinedAt != null && (joinedAt.isBefore(Instant.EPOCH) || joinedAt.isAfter(clock.instant()))) {
            throw new InvalidInput("joinedAt", "must not be before 1970 or in the future");
        }
        return changing(key, (group, statements) -> requireLater(statements, group, playerId, joinedAt)
                .chain(() ->
                        statements.run(MembershipSql.PUT, key.tenant().id(), group, playerId, now(), stored(joinedAt)))
                .map(rows -> rows.iterator().next())
                .map(row -> new Joined(new Member(playerId, instant(row, 0)), row.getBoolean(1)))
                .call(() -> requireRoom(statements, key, group)));
    }

    private static Uni<Void> requireLater(Statements statements, long group, String playerId, Instant joinedAt) {
        return joinedAt == null
                ? Uni.createFrom().voidItem()
                : statements
                        .run(MembershipSql.LEFT_AFTER, group, playerId, stored(joinedAt))
                        .invoke(rows -> {
                            if (rows.iterator().next().getBoolean(0)) {
                                throw new InvalidInput(
                                        "joinedAt", "must not be before the end of an earlier membership");
                            }
                        })
                        .replaceWithVoid();
    }

    /**
     * Ends the membership of a player.
     *
     * @return fails with {@link NotFound} when there is no such group, or the player is not a member of it
     */
    public Uni<Void> remove(GroupKey key, String playerId) {
        PlayerIds.require("player", playerId);
        return changing(key, (group, statements) -> statements
                .run(MembershipSql.REMOVE, group, new String[] {playerId}, now())
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw new NotFound("Player " + playerId + " is not a member of " + key.segment());
                    }
                })
                .replaceWithVoid());
    }

    /**
     * Changes many memberships at once, all or none.
     *
     * @param playerIds at most {@value #MAX_CHANGE}; repeated ones count once
     * @return fails with {@link NotFound} when there is no such group, with {@link Conflict} when it would have too
     *     many members
     */
    public Uni<Changed> change(GroupKey key, MemberChange change, List<String> playerIds) {
        if (playerIds == null || playerIds.size() > MAX_CHANGE) {
            throw new InvalidInput("playerIds", "must name at most " + MAX_CHANGE + " players");
        }
        playerIds.forEach(id -> PlayerIds.require("playerIds", id));
        String[] ids = playerIds.stream().distinct().toArray(String[]::new);
        return changing(key, (group, statements) -> removed(statements, change, group, ids)
                .chain(removed -> added(statements, change, key, group, ids).map(added -> new long[] {added, removed}))
                .chain(counts -> requireRoom(statements, key, group)
                        .map(members -> new Changed(counts[0], counts[1], members))));
    }

    private Uni<Integer> removed(Statements statements, MemberChange change, long group, String[] ids) {
        return switch (change) {
            case ADD -> Uni.createFrom().item(0);
            case REMOVE ->
                statements.run(MembershipSql.REMOVE, group, ids, now()).map(RowSet::rowCount);
            case REPLACE ->
                statements.run(MembershipSql.REMOVE_OTHERS, group, ids, now()).map(RowSet::rowCount);
        };
    }

    private Uni<Integer> added(Statements statements, MemberChange change, GroupKey key, long group, String[] ids) {
        return change == MemberChange.REMOVE
                ? Uni.createFrom().item(0)
                : statements
                        .run(MembershipSql.ADD, key.tenant().id(), group, ids, now())
                        .map(RowSet::rowCount);
    }

    private Uni<Long> requireRoom(Statements statements, GroupKey key, long group) {
        return statements
                .run(MembershipSql.COUNT, group)
                .map(rows -> rows.iterator().next().getLong(0))
                .invoke(members -> {
                    if (members > config.members()) {
                        throw new Conflict(
                                "Group " + key.segment() + " would have more than " + config.members() + " members");
                    }
                });
    }

    private <T> Uni<T> changing(GroupKey key, Change<T> work) {
        return sql.inTransaction(statements -> statements
                        .run(MembershipSql.LOCK, key.tenant().id(), key.kind(), key.id())
                        .map(rows -> number(key, rows))
                        .chain(group -> work.in(group, statements)))
                .onTermination()
                .invoke(() -> segments.report(key.tenant(), List.of(key.segment())));
    }

    private static long number(GroupKey key, RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Groups.unknown(key);
        }
        return rows.iterator().next().getLong(0);
    }

    private OffsetDateTime now() {
        return stored(clock.instant());
    }

    private static OffsetDateTime stored(Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    }

    static Instant instant(Row row, int column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    /** What is done to the members of a group while it is locked. */
    private interface Change<T> {
        Uni<T> in(long group, Statements statements);
    }

    /** A member, and whether the player has just become one. */
    public record Joined(Member member, boolean created) {}

    /**
     * The result of changing many memberships.
     *
     * @param members of the group after the change
     */
    public record Changed(long added, long removed, long members) {}
}
