package dev.laurel.achievement.award;

import dev.laurel.achievement.Achievement;
import dev.laurel.achievement.AchievementCache;
import dev.laurel.achievement.AchievementKey;
import dev.laurel.achievement.Achievements;
import dev.laurel.cache.registry.CacheKey;
import dev.laurel.cache.registry.KeyAddress;
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
    private static final String HELD = """
            FROM achievement a JOIN achievement_award w ON w.achievement = a.number
            WHERE a.number = $1 AND is_in_time(w, a) AND ($2::text IS NULL OR w.tier = $2)
              AND NOT is_unlisted(w.tenant_id, w.player_id, $3)
            """;

    private static final String COLUMNS = """
            p.player_id, p.tier,
            CASE WHEN p.window_id <> '' THEN (SELECT present_window(p.window_id, a) FROM achievement a WHERE a.number = $1)
                 ELSE '' END,
            p.reached_ms, p.awarded_at
            """;

    private static final String ORDER = " ORDER BY p.reached_ms, p.player_id, p.tier, p.window_id";

    /** In the order of an index, so a page costs what comes before it, not what comes after. */
    private static final String PAGE = "SELECT " + COLUMNS + " FROM (SELECT w.* " + HELD + """
             ORDER BY w.reached_ms, w.player_id, w.tier, w.window_id OFFSET $4 LIMIT $5) p""" + ORDER;

    private static final String TOTAL = "SELECT count(*) " + HELD;

    /** Where only the first ones count: there are few of them, and hidden players keep their places. */
    private static final String FIRST = """
            WITH held AS MATERIALIZED (
                SELECT h.* FROM (
                    SELECT w.*, a.first, row_number() OVER (
                        PARTITION BY w.tier, w.window_id ORDER BY w.reached_ms, w.player_id) AS place
                    FROM achievement a JOIN achievement_award w ON w.achievement = a.number
                    WHERE a.number = $1 AND is_in_time(w, a)) h
                WHERE h.place <= h.first AND ($2::text IS NULL OR h.tier = $2) AND NOT is_unlisted(h.tenant_id, h.player_id, $3))
            """;

    private static final String FIRST_PAGE = FIRST + "SELECT " + COLUMNS + """
             FROM (SELECT * FROM held h ORDER BY h.reached_ms, h.player_id, h.tier, h.window_id OFFSET $4 LIMIT $5) p""" + ORDER;

    private static final String FIRST_TOTAL = FIRST + "SELECT count(*) FROM held";

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
        return achievements.known(key).chain(found -> {
            Holders asked = new Holders(key, found.version(), tier, page);
            return total(found, asked).chain(total -> cache.holders(found.number(), asked, () -> page(found, asked))
                    .map(items -> new PageResult<>(items, total)));
        });
    }

    private Uni<Long> total(Achievement found, Holders asked) {
        return cache.holders(found.number(), new Holders(asked.achievement, asked.version, asked.tier, null), () -> run(
                        isLimited(found) ? FIRST_TOTAL : TOTAL, found.number(), asked.tier, now())
                .map(rows -> rows.iterator().next().getLong(0)));
    }

    private Uni<List<Held>> page(Achievement found, Holders asked) {
        PageRequest page = asked.page;
        return run(isLimited(found) ? FIRST_PAGE : PAGE, found.number(), asked.tier, now(), page.offset(), (long)
                        page.limit())
                .map(AwardReads::holders);
    }

    private static boolean isLimited(Achievement found) {
        return found.definition().terms().first() != null;
    }

    private Uni<RowSet<Row>> run(String statement, Object... arguments) {
        return pulse.whileAlive(sql.run(statement, arguments));
    }

    private static List<Held> holders(RowSet<Row> rows) {
        List<Held> items = new ArrayList<>(rows.size());
        for (Row row : rows) {
            items.add(new Held(
                    row.getString(0),
                    row.getString(1),
                    row.getString(2),
                    Instant.ofEpochMilli(row.getLong(3)),
                    row.getOffsetDateTime(4).toInstant()));
        }
        return items;
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

    /** @param page null for how many there are */
    private record Holders(AchievementKey achievement, String version, String tier, PageRequest page)
            implements CacheKey {
        @Override
        public KeyAddress address() {
            return achievement.address().with("holders", tier == null ? KeyAddress.ALL : tier);
        }
    }
}
