package dev.laurel.player;

import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.SearchWords;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads and writes the rows of many players, each time in one statement. The columns are those of {@link PlayerEntity}. */
final class PlayerSets {
    private static final String READ = """
            SELECT id, display_name, username, avatar_url, attributes::text, visibility, banned_reason, banned_until
            FROM player WHERE tenant_id = $1 AND id = ANY ($2::text[])""";

    /** In the order of ids, so that two of them do not wait for each other. */
    private static final String LOCK = READ + " ORDER BY id FOR UPDATE";

    private static final String OWNERS =
            "SELECT username, id FROM player WHERE tenant_id = $1 AND username = ANY ($2::text[])";

    private static final String GIVEN =
            " FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])"
                    + " AS t(id, display_name, username, avatar_url, attributes, words)";

    private static final String INSERT = """
            INSERT INTO player (tenant_id, id, display_name, username, avatar_url, attributes, visibility, words, revision,
                created_at, updated_at)
            SELECT $1, t.id, t.display_name, t.username, t.avatar_url, t.attributes::jsonb, 'PUBLIC', t.words, 1, $8, $8""" + GIVEN + " ORDER BY t.id";

    private static final String UPDATE = """
            UPDATE player p SET display_name = t.display_name, username = t.username, avatar_url = t.avatar_url,
                attributes = t.attributes::jsonb, words = t.words, revision = p.revision + 1, updated_at = $8""" + GIVEN + " WHERE p.tenant_id = $1 AND p.id = t.id";

    private PlayerSets() {}

    /** The profiles of those of the given players who have a record, by id. */
    static Uni<Map<String, PlayerProfile>> read(Statements statements, Tenant tenant, Collection<String> ids) {
        return profiles(statements, READ, tenant, ids);
    }

    /** As {@link #read}; other writers of them wait for the end of this transaction. */
    static Uni<Map<String, PlayerProfile>> lock(Statements transaction, Tenant tenant, Collection<String> ids) {
        return profiles(transaction, LOCK, tenant, ids);
    }

    private static Uni<Map<String, PlayerProfile>> profiles(
            Statements statements, String statement, Tenant tenant, Collection<String> ids) {
        return statements
                .run(statement, tenant.id(), ids.toArray(String[]::new))
                .map(rows -> {
                    Map<String, PlayerProfile> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getString(0), profile(row)));
                    return found;
                });
    }

    private static PlayerProfile profile(Row row) {
        OffsetDateTime until = row.getOffsetDateTime(7);
        return new PlayerProfile(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Attributes.read(row.getString(4)),
                Visibility.valueOf(row.getString(5)),
                row.getString(6) == null ? null : new Ban(row.getString(6), until == null ? null : until.toInstant()));
    }

    /** The players who have some usernames, by username. */
    static Uni<Map<String, String>> owners(Statements statements, Tenant tenant, Collection<String> usernames) {
        return statements
                .run(OWNERS, tenant.id(), usernames.toArray(String[]::new))
                .map(rows -> {
                    Map<String, String> owners = new HashMap<>();
                    rows.forEach(row -> owners.put(row.getString(0), row.getString(1)));
                    return owners;
                });
    }

    /** Creates records. */
    static Uni<Void> insert(
            Statements transaction, Tenant tenant, Map<String, PlayerProfile> created, OffsetDateTime now) {
        return write(transaction, INSERT, tenant, created, now);
    }

    /** Changes what clients call a profile, but for visibility and ban; every one of these records is one more revision. */
    static Uni<Void> update(
            Statements transaction, Tenant tenant, Map<String, PlayerProfile> changed, OffsetDateTime now) {
        return write(transaction, UPDATE, tenant, changed, now);
    }

    private static Uni<Void> write(
            Statements transaction,
            String statement,
            Tenant tenant,
            Map<String, PlayerProfile> profiles,
            OffsetDateTime now) {
        return profiles.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .run(
                                statement,
                                tenant.id(),
                                profiles.keySet().toArray(String[]::new),
                                column(profiles, PlayerProfile::displayName),
                                column(profiles, PlayerProfile::username),
                                column(profiles, PlayerProfile::avatarUrl),
                                column(profiles, profile -> Attributes.write(new TreeMap<>(profile.attributes()))),
                                column(profiles, profile -> String.join(" ", SearchWords.of(profile.displayName()))),
                                now)
                        .replaceWithVoid();
    }

    private static String[] column(Map<String, PlayerProfile> profiles, Function<PlayerProfile, String> part) {
        return profiles.values().stream().map(part).toArray(String[]::new);
    }

    static boolean isOfUsername(PgException violation) {
        return "player_username".equals(violation.getConstraint());
    }
}
