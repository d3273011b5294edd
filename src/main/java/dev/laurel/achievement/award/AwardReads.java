package dev.laurel.achievement.award;

import dev.laurel.achievement.AchievementCache;
import dev.laurel.achievement.AchievementKey;
import dev.laurel.achievement.Achievements;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.PageRequest;
import dev.laurel.shared.PageResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Reads who has an achievement, as the public sees it: hidden and banned players are left out. */
@ApplicationScoped
public class AwardReads {
    private static final String SHOWN = """
            FROM achievement a JOIN achievement_award w ON w.achievement = a.number
            WHERE a.number = $1 AND is_in_time(w, a)
            """;

    /** Where only the first ones count, hidden players keep their places. */
    private static final String HOLDERS = """
            WITH held AS MATERIALIZED (
                SELECT h.player_id, h.tier, h.window_id, h.reached_ms, h.awarded_at FROM (
                    SELECT w.*, a.first, CASE WHEN a.first IS NOT NULL THEN
                        row_number() OVER (PARTITION BY w.tier, w.window_id ORDER BY w.reached_ms, w.player_id) END AS place
                    {shown}) h
                WHERE (h.first IS NULL OR h.place <= h.first) AND ($2::text IS NULL OR h.tier = $2)
                  AND NOT is_unlisted(h.tenant_id, h.player_id, $3))
            SELECT t.total, p.player_id, p.tier, p.window_id, p.reached_ms, p.awarded_at
            FROM (SELECT count(*) AS total FROM held) t
            LEFT JOIN (SELECT * FROM held h ORDER BY h.reached_ms, h.player_id, h.tier, h.window_id OFFSET $4 LIMIT $5) p ON true
            ORDER BY p.reached_ms, p.player_id, p.tier, p.window_id""".replace("{shown}", SHOWN);

    private final AchievementCache cache;
    private final Achievements achievements;
    private final Sql sql;
    private final Pulse pulse;
    private final Clock clock;

    AwardReads(AchievementCache cache, Achievements achievements, Sql sql, Pulse pulse, Clock clock) {
        this.cache = cache;
        this.achievements = achievements;
        this.sql = sql;
        this.pulse = pulse;
        this.clock = clock;
    }

    /**
     * A page of the awards of an achievement, those first that were reached first.
     *
     * @param tier null for all
     */
    public Uni<PageResult<Held>> holders(AchievementKey key, String tier, PageRequest page) {
        return achievements
                .known(key)
                .chain(found -> cache.holders(
                        found.number(), new Holders(found.version(), tier, page), () -> pulse.whileAlive(sql.run(
                                        HOLDERS, found.number(), tier, now(), page.offset(), (long) page.limit()))
                                .map(AwardReads::holders)));
    }

    private static PageResult<Held> holders(RowSet<Row> rows) {
        List<Held> items = new ArrayList<>(rows.size());
        long total = 0;
        for (Row row : rows) {
            total = row.getLong(0);
            if (row.getString(1) != null) {
                items.add(new Held(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getOffsetDateTime(5).toInstant()));
            }
        }
        return new PageResult<>(items, total);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /**
     * An award.
     *
     * @param tier empty for none
     * @param window empty for none
     */
    public record Held(String playerId, String tier, String window, Instant reachedAt, Instant awardedAt) {}

    private record Holders(String version, String tier, PageRequest page) {}
}
