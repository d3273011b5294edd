package dev.laurel.segment;

import dev.laurel.cache.ChangeBroadcast;
import dev.laurel.cache.ChangeNotice;
import dev.laurel.cache.Freshness;
import dev.laurel.cache.NearCache;
import dev.laurel.cache.RecentChanges;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.CacheKind;
import dev.laurel.cache.registry.Caches;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.player.SegmentChanges;
import dev.laurel.player.friend.Friends;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.LaurelException.NotFound;
import dev.laurel.shared.Tenant;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/**
 * The members of segments as they are now, from a cache in the process. PostgreSQL notes every change of members in the
 * transaction that makes it; this process sees its own changes before it answers them, and those of others at
 * once, or within a second when their notices are lost.
 */
@Startup
@ApplicationScoped
public class Segments implements SegmentChanges.Listener {
    private static final String RECENT = """
            SELECT change_no, tenant_id, segment FROM segment_change
            WHERE changed_at > now() - interval '15 seconds' LIMIT $1""";

    private static final String TOPIC = "segment";

    private static final int MEMBER_BYTES = 60;

    private static final String OLD = "DELETE FROM segment_change WHERE changed_at < now() - interval '1 minute'";

    private static final String FRIENDS = Friends.SEGMENT + ":";

    private final SegmentMembers members;
    private final SegmentConfig config;
    private final NearCache<Key, Members> cache;
    private final Sql sql;
    private final RecentChanges changes;
    private final ChangeBroadcast broadcast;
    private final Freshness freshness = new Freshness();

    Segments(SegmentMembers members, SegmentConfig config, Sql sql, ChangeBroadcast broadcast, Caches caches) {
        this.members = members;
        this.config = config;
        this.cache = NearCache.weighed(
                CacheKind.of("segments", config.cachedFor(), MEMBER_BYTES)
                        .byGroup()
                        .byPlayer(),
                config.cached(),
                Segments::weight,
                caches);
        this.changes = new RecentChanges(
                sql,
                RECENT,
                change -> forget(new Tenant(change.getShort(1)), change.getString(2)),
                complete -> freshness.looked(complete, cache::clear));
        this.sql = sql;
        this.broadcast = broadcast;
        broadcast.listen(TOPIC, fields -> forget(new Tenant(Short.parseShort(fields.get(0))), fields.get(1)));
    }

    /** How many members; a name that nothing has takes a place, too. */
    private static int weight(Members members) {
        return 1 + (members.playerIds() == null ? 0 : members.playerIds().size());
    }

    /**
     * The members of a segment.
     *
     * @param name as clients write it
     * @return fails with {@link NotFound} when nothing has that name
     * @throws InvalidInput when the name is invalid; the result fails with it when the segment is too large
     */
    public Uni<Members> of(Tenant tenant, String name, Wanted wanted) {
        SegmentName parsed = SegmentName.parse(tenant, name);
        boolean declared = wanted.declared().contains(parsed.kind());
        int most = declared ? config.declaredMembers() : config.members();
        Uni<Members> found = freshness.isTrusted()
                ? cache.get(new Key(tenant, name, declared), () -> members.of(parsed, most))
                : members.of(parsed, most);
        return found.invoke(known -> require(known, parsed, wanted.field(), most));
    }

    private void require(Members found, SegmentName name, String field, int most) {
        if (found.playerIds() == null) {
            throw new NotFound("There is no group " + found.name() + ", and no player has that attribute");
        }
        if (found.playerIds().size() > most) {
            throw new InvalidInput(
                    field,
                    "must not have more than " + most + " players, as " + found.name() + " has"
                            + (most < config.declaredMembers()
                                    ? "; up to " + config.declaredMembers() + " on a board that declares segments of "
                                            + name.kind()
                                    : ""));
        }
    }

    @Override
    public void membersChanged(Tenant tenant, String segment) {
        forget(tenant, segment);
        broadcast.tell(ChangeNotice.of(TOPIC, tenant.id(), segment));
    }

    private void forget(Tenant tenant, String segment) {
        cache.forget(new Key(tenant, segment, false));
        cache.forget(new Key(tenant, segment, true));
    }

    @Scheduled(identity = "segment-changes", every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return changes.look();
    }

    @Scheduled(identity = "segment-changes-over", every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> removeOld() {
        return sql.runForJob(OLD).replaceWithVoid().onFailure().recoverWithNull();
    }

    /**
     * The members of a segment at one moment.
     *
     * @param isGroup whether they are the members of a group
     * @param version of the members: a digest, so that equal members have equal ones
     * @param playerIds null when nothing has that name
     */
    public record Members(String name, boolean isGroup, long version, List<String> playerIds) {}

    /**
     * What a caller wants.
     *
     * @param field by which a client named the segment
     * @param declared kinds whose segments may be large
     */
    public record Wanted(String field, List<String> declared) {}

    /** @param large whether as many members are cached as a declared segment may have */
    private record Key(Tenant tenant, String segment, boolean large) implements CacheKey {
        @Override
        public KeyAddress address() {
            KeyAddress address = KeyAddress.ofSegment(tenant, "segment", segment, "members");
            return segment.startsWith(FRIENDS) ? address.about(segment.substring(FRIENDS.length())) : address;
        }
    }
}
