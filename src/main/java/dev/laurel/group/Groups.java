package dev.laurel.group;

import dev.laurel.platform.postgres.Sessions;
import dev.laurel.platform.postgres.UniqueViolation;
import dev.laurel.player.SegmentChanges;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.LaurelException.PreconditionFailed;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.Precondition;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;

/** The groups themselves; {@link Memberships} knows who belongs to them. */
@ApplicationScoped
public class Groups {
    private final Sessions sessions;
    private final GroupRepository rows;
    private final SegmentChanges segments;
    private final Clock clock;

    Groups(Sessions sessions, GroupRepository rows, SegmentChanges segments, Clock clock) {
        this.sessions = sessions;
        this.rows = rows;
        this.segments = segments;
        this.clock = clock;
    }

    /** A group; fails with {@link NotFound} when there is none. */
    public Uni<Group> get(GroupKey key) {
        return sessions.reading(() -> rows.row(key))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(key))
                .map(GroupEntity::group);
    }

    /** The groups of a kind, ordered by id. */
    public Uni<PageResult<Group>> list(Tenant tenant, String kind, PageRequest page) {
        return sessions.reading(() -> rows.count(tenant, kind).chain(total -> rows.page(tenant, kind, page)
                .map(found ->
                        new PageResult<>(found.stream().map(GroupEntity::group).toList(), total))));
    }

    /**
     * Writes a group; its members stay.
     *
     * @return fails with {@link Conflict} when another request creates the group at the same time, with
     *     {@link PreconditionFailed} when the precondition does not hold
     */
    public Uni<Change> put(GroupKey key, GroupProfile profile, Precondition precondition) {
        return changing(key, () -> rows.rowToChange(key)
                .invoke(found -> require(precondition, found))
                .chain(found -> found == null ? create(key, profile) : define(found, profile)));
    }

    private Uni<Change> create(GroupKey key, GroupProfile profile) {
        return rows.persistAndFlush(new GroupEntity(key, profile, now()))
                .map(created -> new Change(created.group(), true));
    }

    private Uni<Change> define(GroupEntity found, GroupProfile profile) {
        found.define(profile, now());
        return rows.flush().replaceWith(() -> new Change(found.group(), false));
    }

    /**
     * Deletes a group with its memberships, past ones included; scores stay.
     *
     * @return fails with {@link NotFound} when there is none, with {@link PreconditionFailed} when the precondition
     *     does not hold
     */
    public Uni<Void> delete(GroupKey key, Precondition precondition) {
        return changing(key, () -> rows.rowToChange(key)
                .invoke(found -> require(precondition, found))
                .onItem()
                .ifNull()
                .failWith(() -> unknown(key))
                .chain(rows::delete));
    }

    private <T> Uni<T> changing(GroupKey key, Supplier<Uni<T>> work) {
        return sessions.inTransaction(work)
                .onFailure(UniqueViolation.class)
                .transform(e ->
                        new Conflict("Group " + key.segment() + " was created by another request at the same time"))
                .onTermination()
                .invoke(() -> segments.report(key.tenant(), List.of(key.segment())));
    }

    private static void require(Precondition precondition, GroupEntity found) {
        precondition.require("group", found == null ? null : found.group().version());
    }

    static NotFound unknown(GroupKey key) {
        return new NotFound("There is no group " + key.segment());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The result of writing a group. */
    public record Change(Group group, boolean created) {}
}
