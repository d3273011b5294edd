package dev.laurel.achievement.award;

import dev.laurel.achievement.Achievement;
import dev.laurel.achievement.AchievementCache;
import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.award.FactReads.Players;
import dev.laurel.achievement.rule.Facts;
import dev.laurel.cache.Computed;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.player.PlayerKey;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what a player has reached, and what is missing to the next step, in a constant number of statements. */
@ApplicationScoped
public class PlayerAwards {
    /** Of an achievement that repeats, the latest award, and how many there are. */
    private static final String AWARDS = """
            SELECT DISTINCT ON (h.achievement, h.tier)
                h.achievement, h.tier, h.shown, h.reached_ms, h.awarded_at, h.ground::text,
                count(*) OVER (PARTITION BY h.achievement, h.tier)
            FROM (SELECT w.*, CASE WHEN w.window_id <> '' THEN present_window(w.window_id, a) ELSE '' END AS shown
                  FROM achievement_award w
                  JOIN achievement a ON a.number = w.achievement AND a.deleted_at IS NULL
                  WHERE w.tenant_id = $1 AND w.player_id = $2 AND is_in_time(w, a) AND is_among_first(w, a)) h
            WHERE NOT is_unlisted($1, $2, $3)
            ORDER BY h.achievement, h.tier, h.reached_ms DESC, h.window_id DESC""";

    /** While a board is frozen, nobody learns what has been reached there since. */
    private static final String TARGETS = "SELECT " + Target.COLUMNS + """
            , is_unlisted($2, $3, $1) AS unlisted FROM achievement a
            WHERE a.tenant_id = $2 AND a.deleted_at IS NULL AND NOT is_achievement_frozen(a, $1)
            ORDER BY a.id""";

    /** Whom nothing is known of: a player who is not to be seen has the progress of somebody who has never played. */
    private static final String NOBODY = "";

    private final AchievementCache cache;
    private final Achievements achievements;
    private final Sql sql;
    private final Pulse pulse;
    private final Clock clock;

    PlayerAwards(AchievementCache cache, Achievements achievements, Sql sql, Pulse pulse, Clock clock) {
        this.cache = cache;
        this.achievements = achievements;
        this.sql = sql;
        this.pulse = pulse;
        this.clock = clock;
    }

    /** The achievements of a tenant in the order of their ids, as they stand for a player; secret ones once awarded. */
    public Uni<Computed<List<OfPlayer>>> of(PlayerKey player) {
        return cache.player(player, () -> achievements.all(player.tenant()).chain(all -> pulse.whileAlive(
                        awards(player))
                .chain(awards -> progress(player).map(progress -> all.stream()
                        .map(one -> ofPlayer(one, awards, progress))
                        .filter(one -> !one.achievement().definition().terms().secret()
                                || !one.awards().isEmpty())
                        .toList()))));
    }

    private static OfPlayer ofPlayer(
            Achievement one, Map<Integer, List<Award>> awards, Map<Integer, Progress> progress) {
        return new OfPlayer(one, awards.getOrDefault(one.number(), List.of()), progress.get(one.number()));
    }

    private Uni<Map<Integer, List<Award>>> awards(PlayerKey player) {
        return sql.run(AWARDS, player.tenant().id(), player.id(), now()).map(PlayerAwards::awards);
    }

    private static Map<Integer, List<Award>> awards(RowSet<Row> rows) {
        Map<Integer, List<Award>> awards = new HashMap<>();
        for (Row row : rows) {
            awards.computeIfAbsent(row.getInteger(0), any -> new ArrayList<>())
                    .add(new Award(
                            row.getString(1),
                            row.getString(2),
                            row.getLong(6),
                            Instant.ofEpochMilli(row.getLong(3)),
                            row.getOffsetDateTime(4).toInstant(),
                            grounds(row.getString(5))));
        }
        return awards;
    }

    private static List<Ground> grounds(String text) {
        return new JsonArray(text)
                .stream()
                        .map(JsonObject.class::cast)
                        .map(one -> new Ground(
                                one.getString("measure"),
                                one.getString("board"),
                                one.getString("tag"),
                                new BigDecimal(one.getString("value")),
                                new BigDecimal(one.getString("bound"))))
                        .toList();
    }

    private Uni<Map<Integer, Progress>> progress(PlayerKey player) {
        short tenant = player.tenant().id();
        Statements statements = (statement, arguments) -> sql.run(statement, arguments);
        return sql.run(TARGETS, now(), tenant, player.id()).chain(rows -> {
            String shown = isUnlisted(rows) ? NOBODY : player.id();
            List<Target> targets = targets(rows);
            List<Question> questions = targets.stream()
                    .flatMap(one -> one.goal().facts().stream().map(fact -> Question.of(fact, one)))
                    .toList();
            return FactReads.read(questions, new Players(tenant, new String[] {shown}), false, statements)
                    .map(facts -> progress(targets, shown, facts));
        });
    }

    private static boolean isUnlisted(RowSet<Row> rows) {
        return rows.size() > 0 && rows.iterator().next().getBoolean("unlisted");
    }

    private static List<Target> targets(RowSet<Row> rows) {
        List<Target> targets = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Target target = Target.of(row);
            if (target.isWhole()) {
                targets.add(target);
            }
        }
        return targets;
    }

    private static Map<Integer, Progress> progress(List<Target> targets, String player, Facts facts) {
        Map<Integer, Progress> progress = new HashMap<>();
        targets.forEach(
                one -> Progress.of(one.goal(), player, facts).ifPresent(next -> progress.put(one.number(), next)));
        return progress;
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /**
     * An achievement as it stands for a player.
     *
     * @param awards by tier
     * @param next what is missing to the next step; null when all are reached, and while that must not be told
     */
    public record OfPlayer(Achievement achievement, List<Award> awards, Progress next) {}

    /**
     * The latest award of a tier.
     *
     * @param tier empty for none
     * @param window empty for none
     * @param times how many there are
     */
    public record Award(
            String tier, String window, long times, Instant reachedAt, Instant awardedAt, List<Ground> ground) {}

    /**
     * A condition, and what the player had when the award was given.
     *
     * @param board null for all
     * @param tag null for any
     */
    public record Ground(String measure, String board, String tag, BigDecimal value, BigDecimal bound) {}
}
