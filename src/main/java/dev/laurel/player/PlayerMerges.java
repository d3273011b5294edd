package dev.laurel.player;

import dev.laurel.platform.postgres.Sessions;
import dev.laurel.platform.postgres.UniqueViolation;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Changes parts of many players' records at once; who has no record gets one. */
@ApplicationScoped
public class PlayerMerges {
    /** Records of one transaction. */
    private static final int STEP = 200;

    private static final String TAKEN = "is taken by another player";

    private final Players players;
    private final PlayerRepository rows;
    private final Sessions sessions;
    private final PlayerCache cache;
    private final SegmentChanges segments;
    private final Instance<RecordChanged> followers;
    private final Clock clock;

    PlayerMerges(
            Players players,
            PlayerRepository rows,
            Sessions sessions,
            PlayerCache cache,
            SegmentChanges segments,
            @Any Instance<RecordChanged> followers,
            Clock clock) {
        this.players = players;
        this.rows = rows;
        this.sessions = sessions;
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
        return players.known(tenant, parts.keySet())
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
        return players.known(tenant, parts.keySet())
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
        List<String> wanted = changed.stream()
                .map(id -> parts.get(id).username())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return wanted.isEmpty()
                ? Uni.createFrom().item(new HashMap<>())
                : sessions.reading(() -> rows.byUsernames(tenant, wanted).map(found -> found.stream()
                        .map(PlayerEntity::player)
                        .collect(Collectors.toMap(
                                one -> one.profile().username(),
                                one -> one.key().id(),
                                (one, other) -> one,
                                HashMap::new))));
    }

    private static List<String> changed(
            Map<String, Player> known, Map<String, Part> parts, Map<String, String> refused) {
        List<String> changed = new ArrayList<>();
        parts.forEach((id, part) -> {
            Player record = known.get(id);
            try {
                PlayerProfile wanted = part.into(id, record == null ? null : record.profile());
                if (record == null || !wanted.equals(record.profile())) {
                    changed.add(id);
                }
            } catch (InvalidInput e) {
                refused.put(id, e.getMessage());
            }
        });
        changed.sort(null);
        return changed;
    }

    /** All in one transaction; where that fails because of one, one after the other. */
    private Uni<Void> write(Tenant tenant, List<String> ids, Map<String, Part> parts, Map<String, String> refused) {
        Set<String> touched = new HashSet<>();
        return sessions.inTransaction(
                        () -> rows.rowsToChange(tenant, ids).chain(found -> define(tenant, ids, found, parts, touched)))
                .onTermination()
                .invoke(() -> forget(tenant, ids, touched))
                .onFailure(UniqueViolation.class)
                .recoverWithUni(failure -> each(tenant, ids, parts, refused, failure))
                .call(() -> Multi.createFrom()
                        .iterable(ids)
                        .onItem()
                        .transformToUniAndConcatenate(id -> RecordChanged.tell(followers, new PlayerKey(tenant, id)))
                        .collect()
                        .last());
    }

    private Uni<Void> define(
            Tenant tenant, List<String> ids, List<PlayerEntity> found, Map<String, Part> parts, Set<String> touched) {
        Map<String, PlayerEntity> existing = found.stream()
                .collect(Collectors.toMap(one -> one.player().key().id(), one -> one));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<PlayerEntity> created = new ArrayList<>();
        for (String id : ids) {
            PlayerEntity row = existing.get(id);
            PlayerProfile before = row == null ? null : row.player().profile();
            PlayerProfile after = parts.get(id).into(id, before);
            touched.addAll(
                    AttributeSegments.changed(before == null ? Map.of() : before.attributes(), after.attributes()));
            if (row == null) {
                created.add(new PlayerEntity(new PlayerKey(tenant, id), after, now));
            } else {
                row.define(after, now);
            }
        }
        return (created.isEmpty() ? Uni.createFrom().voidItem() : rows.persist(created)).chain(rows::flush);
    }

    /** One after the other, each as before: what another process has changed in its record meanwhile stays. */
    private Uni<Void> each(
            Tenant tenant, List<String> ids, Map<String, Part> parts, Map<String, String> refused, Throwable failure) {
        if (ids.size() == 1 && PlayerRepository.isOfUsername(failure)) {
            refused.put(ids.get(0), TAKEN);
            return Uni.createFrom().voidItem();
        }
        return Multi.createFrom()
                .iterable(ids)
                .onItem()
                .transformToUniAndConcatenate(id -> write(tenant, List.of(id), parts, refused))
                .collect()
                .last()
                .replaceWithVoid();
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
