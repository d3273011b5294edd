package dev.laurel.challenge;

import dev.laurel.cache.Computed;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.KeyAddress;
import dev.laurel.challenge.ChallengeCache.VariantOf;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.player.PlayerKey;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import dev.laurel.shared.PlayerIds;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reads who has cleared what, as the public sees it, each list in one statement. While the board of a challenge is frozen,
 * that is what was cleared before the freeze; hidden and banned players are left out.
 */
@ApplicationScoped
public class ClearedReads {
    /** Maximum number of players of one lookup. */
    public static final int MAX_PLAYERS = 1_000;

    /** Maximum number of players of a lookup that names what they have cleared. */
    public static final int MAX_WITH_ITEMS = 100;

    private static final String COUNTS =
            "SELECT challenges, variants, players, first_players, first_ms FROM cleared_counts($1::smallint, $2)";

    private static final String OF_PLAYERS = """
            SELECT player_id, challenge, variant, points, at_ms, submission
            FROM clearings_of($1::smallint, $2, $3::text[])""";

    private static final String TOTALS_OF_PLAYERS = """
            SELECT player_id, count(*), sum(points)::bigint FROM clearings_of($1::smallint, $2, $3::text[])
            GROUP BY player_id ORDER BY player_id""";

    private static final String PLAYERS =
            "SELECT total, player_id, cleared, points FROM clearing_players($1::smallint, $2, $3, $4)";

    private final Challenges challenges;
    private final ChallengeCache cache;
    private final Sql sql;
    private final Pulse pulse;
    private final Clock clock;

    ClearedReads(Challenges challenges, ChallengeCache cache, Sql sql, Pulse pulse, Clock clock) {
        this.challenges = challenges;
        this.cache = cache;
        this.sql = sql;
        this.pulse = pulse;
        this.clock = clock;
    }

    /** Every variant of every challenge, ordered by their names. Their definitions are cached, and so in no statement. */
    public Uni<Computed<List<ClearedVariant>>> variants(Tenant tenant) {
        return cache.allCleared(
                new Variants(tenant), () -> challenges.all(tenant).chain(defined -> counts(tenant)
                        .map(counts -> new Computed<>(variants(defined, counts)))));
    }

    private Uni<Map<VariantOf, Count>> counts(Tenant tenant) {
        return read(COUNTS, tenant.id(), clock.millis())
                .map(rows -> counts(rows.iterator().next()));
    }

    private static Map<VariantOf, Count> counts(Row row) {
        Integer[] challenges = row.getArrayOfIntegers(0);
        if (challenges == null) {
            return Map.of();
        }
        String[] variants = row.getArrayOfStrings(1);
        Long[] players = row.getArrayOfLongs(2);
        String[] firstPlayers = row.getArrayOfStrings(3);
        Long[] firstMs = row.getArrayOfLongs(4);
        Map<VariantOf, Count> counts = new HashMap<>(2 * challenges.length);
        for (int i = 0; i < challenges.length; i++) {
            counts.put(new VariantOf(challenges[i], variants[i]), new Count(players[i], firstPlayers[i], firstMs[i]));
        }
        return counts;
    }

    private static List<ClearedVariant> variants(List<Challenge> defined, Map<VariantOf, Count> counts) {
        List<ClearedVariant> all = new ArrayList<>(counts.size());
        for (Challenge challenge : defined) {
            challenge.definition().variants().forEach((name, variant) -> {
                Count count = counts.getOrDefault(new VariantOf(challenge.number(), name), Count.NONE);
                all.add(new ClearedVariant(
                        challenge.key().id(),
                        name,
                        variant.points(),
                        count.players,
                        count.firstPlayer,
                        count.firstMs == null ? null : Instant.ofEpochMilli(count.firstMs)));
            });
        }
        return all;
    }

    /** What a player has cleared. */
    public Uni<ClearedByPlayer> player(PlayerKey player) {
        return cache.cleared(player, new OfPlayer(player), () -> ofPlayers(player.tenant(), List.of(player.id()))
                .map(found -> found.isEmpty() ? new ClearedByPlayer(player.id(), List.of()) : found.get(0)));
    }

    /**
     * What each of some players has cleared, in the order of their ids; players who have cleared nothing are left out.
     *
     * @param playerIds 1 to {@value #MAX_WITH_ITEMS}
     * @return fails with {@link InvalidInput} when they are too many, or one is invalid
     */
    public Uni<List<ClearedByPlayer>> players(Tenant tenant, List<String> playerIds) {
        return ofPlayers(tenant, distinct(playerIds, MAX_WITH_ITEMS));
    }

    /**
     * How much each of some players has cleared; as {@link #players} otherwise.
     *
     * @param playerIds 1 to {@value #MAX_PLAYERS}
     */
    public Uni<List<PlayerTotal>> totals(Tenant tenant, List<String> playerIds) {
        String[] chosen = distinct(playerIds, MAX_PLAYERS).toArray(String[]::new);
        return read(TOTALS_OF_PLAYERS, tenant.id(), clock.millis(), chosen).map(rows -> {
            List<PlayerTotal> totals = new ArrayList<>(rows.size());
            rows.forEach(row -> totals.add(new PlayerTotal(row.getString(0), row.getLong(1), row.getLong(2))));
            return totals;
        });
    }

    private static List<String> distinct(List<String> playerIds, int most) {
        if (playerIds == null || playerIds.isEmpty() || playerIds.size() > most) {
            throw new InvalidInput("playerIds", "must name 1 to " + most + " players");
        }
        playerIds.forEach(id -> PlayerIds.require("playerIds", id));
        return playerIds.stream().distinct().toList();
    }

    private Uni<List<ClearedByPlayer>> ofPlayers(Tenant tenant, List<String> playerIds) {
        return read(OF_PLAYERS, tenant.id(), clock.millis(), playerIds.toArray(String[]::new))
                .map(rows -> {
                    Map<String, List<Clearing>> found = new LinkedHashMap<>();
                    rows.forEach(row -> found.computeIfAbsent(row.getString(0), id -> new ArrayList<>())
                            .add(clearing(row)));
                    return found.entrySet().stream()
                            .map(one -> new ClearedByPlayer(one.getKey(), one.getValue()))
                            .toList();
                });
    }

    private static Clearing clearing(Row row) {
        return new Clearing(
                row.getString(1),
                row.getString(2),
                row.getInteger(3),
                Instant.ofEpochMilli(row.getLong(4)),
                row.getUUID(5));
    }

    /** A page of all players who have cleared anything, those with the most points first, then by id. */
    public Uni<PageResult<PlayerTotal>> totals(Tenant tenant, PageRequest page) {
        return cache.allCleared(new Totals(tenant, page), () -> read(
                        PLAYERS, tenant.id(), clock.millis(), page.offset(), (long) page.limit())
                .map(ClearedReads::totals));
    }

    private static PageResult<PlayerTotal> totals(RowSet<Row> rows) {
        List<PlayerTotal> items = new ArrayList<>(rows.size());
        long total = 0;
        for (Row row : rows) {
            total = row.getLong(0);
            if (row.getString(1) != null) {
                items.add(new PlayerTotal(row.getString(1), row.getLong(2), row.getLong(3)));
            }
        }
        return new PageResult<>(items, total);
    }

    private Uni<RowSet<Row>> read(String statement, Object... arguments) {
        return pulse.whileAlive(sql.run(statement, arguments));
    }

    /**
     * How many players have cleared a variant.
     *
     * @param firstPlayer who did so first; null when nobody has
     */
    public record ClearedVariant(
            String challenge, String variant, int points, long players, String firstPlayer, Instant firstAt) {}

    /** What a player has cleared, ordered by challenge and variant. */
    public record ClearedByPlayer(String playerId, List<Clearing> items) {
        public long points() {
            return items.stream().mapToLong(Clearing::points).sum();
        }
    }

    /**
     * A variant that a player has cleared.
     *
     * @param submission the earliest that clears it
     */
    public record Clearing(String challenge, String variant, int points, Instant at, UUID submission) {}

    /** How many variants a player has cleared, and the points earned by that. */
    public record PlayerTotal(String playerId, long cleared, long points) {}

    private record Totals(Tenant tenant, PageRequest page) implements CacheKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.of(tenant, "cleared", KeyAddress.ALL, "players", page.offset());
        }
    }

    private record Count(long players, String firstPlayer, Long firstMs) {
        static final Count NONE = new Count(0, null, null);
    }

    private record Variants(Tenant tenant) implements CacheKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.of(tenant, "cleared", KeyAddress.ALL, "variants");
        }
    }

    private record OfPlayer(PlayerKey player) implements CacheKey {
        @Override
        public KeyAddress address() {
            return KeyAddress.ofPlayer(player.tenant(), "cleared", player.id());
        }
    }
}
