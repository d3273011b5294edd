package dev.laurel.achievement.award;

import dev.laurel.achievement.award.Plan.Award;
import dev.laurel.achievement.award.Plan.Given;
import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.postgres.Sql.Statements;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives awards to players, and takes them back, in the transaction of the caller. All of it follows from the present data
 * of the players, so it may be repeated, and done in any order.
 */
@ApplicationScoped
class Awards {
    /**
     * Of a player one decides at a time: otherwise an award could be written by somebody who has read the figures before a
     * correction, after somebody who has read them behind it.
     */
    private static final String LOCK = """
            SELECT pg_advisory_xact_lock(82, t.h)
            FROM (SELECT DISTINCT hashtext(u.tenant || ':' || u.id) AS h
                  FROM unnest($1::smallint[], $2::text[]) AS u(tenant, id) ORDER BY 1) t""";

    private static final String MEMBERS = "SELECT players_in_segment($1, $2, $3, $4)";

    private static final String STORED = """
            SELECT w.achievement, w.player_id, w.tier, w.window_id, w.reached_ms FROM achievement_award w
            WHERE w.achievement = ANY($1) AND w.player_id = ANY($2)""";

    /** A board that has been frozen since the decision began: its players are looked at once it is revealed. */
    private static final String FROZEN = """
            asked AS MATERIALIZED (
                SELECT a.*, is_achievement_frozen(a, $2) AS frozen FROM achievement a
                WHERE a.number = ANY ($3::integer[]) AND a.deleted_at IS NULL),
            later AS (
                INSERT INTO achievement_order (tenant_id, achievement) SELECT a.tenant_id, a.number FROM asked a WHERE a.frozen),
            """;

    /** An event that came late may show that it was reached earlier. Nothing for players who are being erased. */
    private static final String GIVE = "WITH " + FROZEN + """
            given AS (
                INSERT INTO achievement_award AS w (
                    tenant_id, achievement, player_id, tier, window_id, reached_ms, awarded_at, ground)
                SELECT $1, t.achievement, t.player_id, t.tier, t.window_id, t.reached_ms, $2, t.ground::jsonb
                FROM unnest($3::integer[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[])
                    AS t(achievement, player_id, tier, window_id, reached_ms, ground)
                JOIN asked a ON a.number = t.achievement AND NOT a.frozen
                WHERE NOT EXISTS (SELECT FROM erasure e WHERE e.tenant_id = $1 AND e.player_id = t.player_id)
                ORDER BY t.achievement, t.player_id, t.tier, t.window_id
                ON CONFLICT (achievement, player_id, tier, window_id)
                DO UPDATE SET reached_ms = excluded.reached_ms, ground = excluded.ground
                WHERE w.reached_ms <> excluded.reached_ms
                RETURNING w.achievement, w.player_id)
            INSERT INTO achievement_change (tenant_id, achievement, player_id)
            SELECT DISTINCT $1, g.achievement, CASE WHEN a.first IS NULL THEN g.player_id ELSE '' END
            FROM given g JOIN achievement a ON a.number = g.achievement""";

    /** Not of players who are hidden: their places in archives come back when they do. */
    private static final String TAKE = "WITH " + FROZEN + """
            taken AS (
                DELETE FROM achievement_award w
                USING unnest($3::integer[], $4::text[], $5::text[], $6::text[]) AS t(achievement, player_id, tier, window_id),
                    asked a
                WHERE w.achievement = t.achievement AND w.player_id = t.player_id AND w.tier = t.tier
                  AND w.window_id = t.window_id AND a.number = w.achievement AND NOT a.frozen
                  AND NOT EXISTS (SELECT FROM unranked_player u WHERE u.tenant_id = $1 AND u.player_id = w.player_id)
                RETURNING w.achievement, w.player_id)
            INSERT INTO achievement_change (tenant_id, achievement, player_id)
            SELECT DISTINCT $1, g.achievement, CASE WHEN a.first IS NULL THEN g.player_id ELSE '' END
            FROM taken g JOIN achievement a ON a.number = g.achievement""";

    /** A character that no player's id has: it begins the ids of erased ones. */
    private static final char ERASED = 1;

    private final Clock clock;
    private final Counter given;
    private final Counter taken;

    Awards(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.given = meters.counter(Meters.AWARDS, "change", "given");
        this.taken = meters.counter(Meters.AWARDS, "change", "taken");
    }

    /** Its meters are published from the start, not from the first award. */
    void start(@Observes StartupEvent event) {}

    /** As {@link #decide}, for players of whom anything may have changed. */
    Uni<Void> decideAnew(List<Target> targets, Collection<String> players, Statements transaction) {
        Map<String, Long> earliest = new HashMap<>();
        players.forEach(player -> earliest.put(player, Long.MIN_VALUE));
        return decide(targets, earliest, true, transaction);
    }

    /**
     * Keeps others from deciding about some players until the end of the transaction. A caller that decides for
     * several boards one after the other first calls it with all players, so that two of them cannot deadlock.
     *
     * @param players by board
     * @param targets by board
     */
    Uni<Void> lock(
            Map<Integer, ? extends Collection<String>> players,
            Map<Integer, List<Target>> targets,
            Statements transaction) {
        List<Short> tenants = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        targets.forEach((board, found) -> players.get(board).forEach(player -> {
            tenants.add(found.get(0).tenant());
            ids.add(player);
        }));
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : transaction
                        .run(LOCK, tenants.toArray(Short[]::new), ids.toArray(String[]::new))
                        .replaceWithVoid();
    }

    private static Uni<Void> lock(Round round, Statements transaction) {
        Short[] tenants = new Short[round.players().ids().length];
        Arrays.fill(tenants, round.players().tenant());
        return transaction.run(LOCK, tenants, round.players().ids()).replaceWithVoid();
    }

    /**
     * Decides about some achievements of a tenant for some of its players.
     *
     * @param earliest by player: the earliest instant at which something may have changed, in milliseconds
     * @param complete whether closed windows are looked at, too, where an achievement repeats
     */
    Uni<Void> decide(List<Target> targets, Map<String, Long> earliest, boolean complete, Statements transaction) {
        List<Target> whole = targets.stream()
                .filter(Target::isWhole)
                .filter(one -> !one.frozen())
                .toList();
        Map<String, Long> living = new HashMap<>(earliest);
        living.keySet().removeIf(id -> id.charAt(0) == ERASED);
        if (whole.isEmpty() || living.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Round round = new Round(whole, living, complete);
        return lock(round, transaction)
                .chain(() -> members(round, transaction))
                .chain(() -> FactReads.read(round.questions(), round.players(), complete, transaction))
                .invoke(round::know)
                .chain(() ->
                        transaction.run(STORED, round.numbers(), round.players().ids()))
                .map(rows -> round.plan(rows, now().toEpochMilli()))
                .chain(plan -> Instants.find(plan.questions(), round.players().tenant(), transaction)
                        .chain(instants -> give(plan, instants, round, transaction))
                        .chain(() -> take(plan, round, transaction)));
    }

    private static Uni<Void> members(Round round, Statements transaction) {
        return Multi.createFrom()
                .iterable(round.segments())
                .onItem()
                .transformToUniAndConcatenate(segment -> {
                    int colon = segment.indexOf(':');
                    return transaction
                            .run(
                                    MEMBERS,
                                    round.players().tenant(),
                                    segment.substring(0, colon),
                                    segment.substring(colon + 1),
                                    round.players().ids())
                            .invoke(rows -> rows.forEach(row -> round.member(segment, row.getString(0))));
                })
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> give(Plan plan, Map<Reached, Long> instants, Round round, Statements transaction) {
        List<Given> given = plan.given();
        if (given.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Award> awards = given.stream().map(Given::award).toList();
        return transaction
                .run(
                        GIVE,
                        round.players().tenant(),
                        now().atOffset(ZoneOffset.UTC),
                        awards.stream().map(Award::achievement).toArray(Integer[]::new),
                        awards.stream().map(Award::player).toArray(String[]::new),
                        awards.stream().map(Award::tier).toArray(String[]::new),
                        awards.stream().map(Award::window).toArray(String[]::new),
                        given.stream().map(one -> plan.instant(one, instants)).toArray(Long[]::new),
                        given.stream().map(plan::ground).toArray(String[]::new))
                .invoke(rows -> this.given.increment(rows.rowCount()))
                .replaceWithVoid();
    }

    private Uni<Void> take(Plan plan, Round round, Statements transaction) {
        List<Award> lost = plan.lost();
        if (lost.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .run(
                        TAKE,
                        round.players().tenant(),
                        now().atOffset(ZoneOffset.UTC),
                        lost.stream().map(Award::achievement).toArray(Integer[]::new),
                        lost.stream().map(Award::player).toArray(String[]::new),
                        lost.stream().map(Award::tier).toArray(String[]::new),
                        lost.stream().map(Award::window).toArray(String[]::new))
                .invoke(rows -> taken.increment(rows.rowCount()))
                .replaceWithVoid();
    }

    private Instant now() {
        return clock.instant();
    }
}
