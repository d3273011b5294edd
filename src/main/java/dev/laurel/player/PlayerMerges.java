package dev.laurel.player;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Changes parts of many players' records at once; who has no record gets one. A set of records is written by one statement of
 * the client, where Hibernate would need one for each.
 */
@ApplicationScoped
public class PlayerMerges {
    /** Records of one transaction. */
    private static final int STEP = 1_000;

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String TAKEN = "is taken by another player";

    private final Sql sql;
    private final PlayerCache cache;
    private final SegmentChanges segments;
    private final Instance<RecordChanged> followers;
    private final Clock clock;

    PlayerMerges(
            Sql sql, PlayerCache cache, SegmentChanges segments, @Any Instance<RecordChanged> followers, Clock clock) {
        this.sql = sql;
        this.cache = cache;
        this.segments = segments;
        this.followers = followers;
        this.clock = clock;
    }

    /**
     * Merges parts into records, by player. A record that has them already is not written.
     *
     * @return why the parts of some players could not be merged, by player: a username that is taken, too many attributes
     */
    public Uni<Map<String, String>> merge(Tenant tenant, Map<String, Part> parts) {
        Map<String, String> refused = new HashMap<>();
        return PlayerSets.read(sql::run, tenant, parts.keySet())
                .map(known -> changed(known, parts, refused))
                .chain(changed -> Multi.createFrom()
                        .iterable(changed)
                        .group()
                        .intoLists()
                        .of(STEP)
                        .onItem()
                        .transformToUniAndConcatenate(some -> write(tenant, some, parts, refused))
                        .collect()
                        .last())
                .replaceWith(refused);
    }

    /** Why parts of records could not be merged, as {@link #merge} would say it now; changes nothing. */
    public Uni<Map<String, String>> check(Tenant tenant, Map<String, Part> parts) {
        Map<String, String> refused = new HashMap<>();
        return PlayerSets.read(sql::run, tenant, parts.keySet())
                .map(known -> changed(known, parts, refused))
                .chain(changed -> owners(tenant, changed, parts).invoke(owners -> changed.stream()
                        .filter(id -> parts.get(id).username() != null)
                        // The first of several players who want it gets it.
                        .filter(id ->
                                !id.equals(owners.computeIfAbsent(parts.get(id).username(), name -> id)))
                        .forEach(id -> refused.put(id, TAKEN))))
                .replaceWith(refused);
    }

    /** The players who have usernames that others want, by username. */
    private Uni<Map<String, String>> owners(Tenant tenant, List<String> changed, Map<String, Part> parts) {
        Set<String> wanted = new HashSet<>();
        changed.stream()
                .map(id -> parts.get(id).username())
                .filter(Objects::nonNull)
                .forEach(wanted::add);
        return wanted.isEmpty() ? Uni.createFrom().item(new HashMap<>()) : PlayerSets.owners(sql::run, tenant, wanted);
    }

    private static List<String> changed(
            Map<String, PlayerProfile> known, Map<String, Part> parts, Map<String, String> refused) {
        List<String> changed = new ArrayList<>();
        parts.forEach((id, part) -> {
            PlayerProfile before = known.get(id);
            try {
                if (!part.into(id, before).equals(before)) {
                    changed.add(id);
                }
            } catch (InvalidInput e) {
                refused.put(id, e.getMessage());
            }
        });
        changed.sort(null);
        return changed;
    }

    /** All in one transaction; where that fails because of one, in halves. */
    private Uni<Void> write(Tenant tenant, List<String> ids, Map<String, Part> parts, Map<String, String> refused) {
        Set<String> touched = new HashSet<>();
        return sql.inTransaction(
                        transaction -> PlayerSets.lock(transaction, tenant, ids).chain(found -> {
                            Map<String, PlayerProfile> after = after(ids, found, parts, refused);
                            touched(found, after, touched);
                            return define(transaction, tenant, after, found.keySet());
                        }))
                .onTermination()
                .invoke(() -> forget(tenant, ids, touched))
                .onFailure(PlayerMerges::isUniqueViolation)
                .recoverWithUni(failure -> halves(tenant, ids, parts, refused, (PgException) failure))
                .call(() -> RecordChanged.tellOfProfiles(followers, tenant, ids));
    }

    /** What records become. They may have changed since they were read, so that a part is refused only now. */
    private static Map<String, PlayerProfile> after(
            List<String> ids, Map<String, PlayerProfile> found, Map<String, Part> parts, Map<String, String> refused) {
        Map<String, PlayerProfile> after = new TreeMap<>();
        for (String id : changed(found, parts(ids, parts), refused)) {
            after.put(id, parts.get(id).into(id, found.get(id)));
        }
        return after;
    }

    private static Map<String, Part> parts(List<String> ids, Map<String, Part> parts) {
        return ids.stream().collect(Collectors.toMap(id -> id, parts::get));
    }

    private static void touched(
            Map<String, PlayerProfile> found, Map<String, PlayerProfile> after, Set<String> touched) {
        after.forEach((id, profile) -> touched.addAll(AttributeSegments.changed(
                found.containsKey(id) ? found.get(id).attributes() : Map.of(), profile.attributes())));
    }

    private Uni<Void> define(
            Statements transaction, Tenant tenant, Map<String, PlayerProfile> after, Collection<String> existing) {
        Map<String, PlayerProfile> created = new TreeMap<>(after);
        created.keySet().removeAll(existing);
        Map<String, PlayerProfile> changed = new TreeMap<>(after);
        changed.keySet().retainAll(existing);
        OffsetDateTime now = clock.instant().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
        return PlayerSets.update(transaction, tenant, changed, now)
                .chain(() -> PlayerSets.insert(transaction, tenant, created, now));
    }

    private static boolean isUniqueViolation(Throwable failure) {
        return failure instanceof PgException refused && UNIQUE_VIOLATION.equals(refused.getSqlState());
    }

    /** Until the one is found whose username is taken; one that another process has just created is found the next time. */
    private Uni<Void> halves(
            Tenant tenant,
            List<String> ids,
            Map<String, Part> parts,
            Map<String, String> refused,
            PgException failure) {
        if (ids.size() > 1) {
            int half = ids.size() / 2;
            return write(tenant, ids.subList(0, half), parts, refused)
                    .chain(() -> write(tenant, ids.subList(half, ids.size()), parts, refused));
        }
        if (PlayerSets.isOfUsername(failure)) {
            refused.put(ids.get(0), TAKEN);
            return Uni.createFrom().voidItem();
        }
        return write(tenant, ids, parts, refused);
    }

    private void forget(Tenant tenant, List<String> ids, Set<String> touched) {
        ids.forEach(id -> cache.forget(new PlayerKey(tenant, id)));
        segments.report(tenant, touched);
    }

    /**
     * A part of a record.
     *
     * @param displayName null, like the others, for what stays as it is
     * @param attributes those that are to change; all others stay
     */
    public record Part(String displayName, String username, String avatarUrl, Map<String, Object> attributes) {
        /** The record with this part; a new one is named by the player's id if by nothing else. */
        PlayerProfile into(String id, PlayerProfile profile) {
            if (profile == null) {
                String name = displayName == null ? shortened(id) : displayName;
                return new PlayerProfile(name, username, avatarUrl, attributes, Visibility.PUBLIC, null);
            }
            Map<String, Object> merged = new TreeMap<>(profile.attributes());
            merged.putAll(attributes);
            return new PlayerProfile(
                    displayName == null ? profile.displayName() : displayName,
                    username == null ? profile.username() : username,
                    avatarUrl == null ? profile.avatarUrl() : avatarUrl,
                    merged,
                    profile.visibility(),
                    profile.ban());
        }

        private static String shortened(String id) {
            return Optional.of(id)
                    .filter(name -> name.codePointCount(0, name.length()) > PlayerProfile.MAX_NAME)
                    .map(name -> name.substring(0, name.offsetByCodePoints(0, PlayerProfile.MAX_NAME)))
                    .orElse(id)
                    .strip();
        }
    }
}
