package dev.laurel.archive;

import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/**
 * All that is stored about a player apart from the record, as JSON made by PostgreSQL. For the player alone: a freeze, a ban or a
 * hidden record hold nothing back.
 */
@ApplicationScoped
public class PlayerTraces {
    /** Events of one page. */
    public static final int PAGE = 500;

    private static final String BOARDS = """
            SELECT b.id FROM board b WHERE b.tenant_id = $1 AND b.deleted_at IS NULL
              AND (EXISTS (SELECT FROM standing s WHERE s.board_id = b.id AND s.player_id = $2)
                   OR EXISTS (SELECT FROM final_standing f WHERE f.board_id = b.id AND f.player_id = $2)
                   OR EXISTS (SELECT FROM score_event e WHERE e.board_id = b.id AND e.player_id = $2)
                   OR EXISTS (SELECT FROM held_event h
                              WHERE h.tenant_id = $1 AND h.player_id = $2 AND h.board_id = b.id))
            ORDER BY b.id""";

    /** Submissions of one page, each with up to 64 KiB of text. */
    public static final int SUBMISSIONS = 10;

    private static final String BELONGS = """
            SELECT json_build_object(
                'groups', (
                    SELECT coalesce(json_agg(json_build_object('kind', g.kind, 'group', g.id, 'joinedAt', m.joined_at,
                        'leftAt', m.left_at) ORDER BY m.joined_at, m.id), '[]')
                    FROM membership m JOIN player_group g ON g.number = m.group_number
                    WHERE m.tenant_id = $1 AND m.player_id = $2),
                'achievements', (
                    SELECT coalesce(json_agg(json_build_object('achievement', a.id, 'tier', w.tier,
                        'window', CASE WHEN w.window_id <> '' THEN present_window(w.window_id, a) ELSE '' END,
                        'reachedAt', to_timestamp(w.reached_ms / 1000.0), 'awardedAt', w.awarded_at, 'ground', w.ground)
                        ORDER BY w.awarded_at, a.id), '[]')
                    FROM achievement_award w JOIN achievement a ON a.number = w.achievement
                    WHERE w.tenant_id = $1 AND w.player_id = $2),
                'friends', (
                    SELECT coalesce(json_agg(f.friend_id ORDER BY f.friend_id), '[]')
                    FROM friend f WHERE f.tenant_id = $1 AND f.player_id = $2))::text""";

    private static final String SUBMITTED = """
            SELECT json_build_object('submission', s.id, 'challenge', c.id, 'variant', s.variant,
                'submittedAt', to_timestamp(s.at_ms / 1000.0), 'content', t.content, 'cleared', s.cleared,
                'points', s.points, 'score', s.score / 1000000.0, 'tags', s.tags, 'attempt', s.attempt,
                'withdrawnAt', s.withdrawn_at)::text
            FROM submission s JOIN challenge c ON c.number = s.challenge LEFT JOIN submission_content t ON t.id = s.id
            WHERE s.tenant_id = $1 AND s.player_id = $2 ORDER BY s.at_ms DESC, s.id DESC OFFSET $3 LIMIT $4""";

    /** A score of the board as a number; an instant in milliseconds as text. */
    private static final String SCORE = "round(%s / power(10::numeric, b.decimals), b.decimals::integer)";

    /** As in {@link dev.laurel.shared.EventIds#shown}. */
    private static final String CLIENTS_ID = "regexp_replace(%s, '^/.*/', '')";

    private static final String INSTANT = "to_timestamp(%s / 1000.0)";
    private static final String PERIOD = "('{DAILY,WEEKLY,MONTHLY,YEARLY,ALL_TIME,SEASON}'::text[])[%s]";

    private static final String BOARD = """
            SELECT json_build_object('board', b.name,
                'standings', (
                    SELECT coalesce(json_agg(json_build_object('period', {period w.period}, 'window', w.window_id,
                        'metric', m.name, 'score', {score o.scores[2 * m.n - 1]}, 'achievedAt', {instant o.scores[2 * m.n]})
                        ORDER BY w.period, w.window_key, m.n), '[]')
                    FROM board_window w
                    CROSS JOIN LATERAL (SELECT player_scores(b.id, w.period, w.window_key, $2) AS scores) o
                    CROSS JOIN unnest(string_to_array(b.metrics, ',')) WITH ORDINALITY AS m(name, n)
                    WHERE w.board_id = b.id AND w.state <> 'CLOSED' AND o.scores[2 * m.n - 1] IS NOT NULL),
                'baselines', (
                    SELECT coalesce(json_agg(json_build_object('seasonStart', {instant l.season_key / 1024}, 'metric', m.name,
                        'value', {score l.amounts[m.n]}) ORDER BY l.season_key, m.n), '[]')
                    FROM season_baseline l
                    CROSS JOIN unnest(string_to_array(b.metrics, ',')) WITH ORDINALITY AS m(name, n)
                    WHERE l.board_id = b.id AND l.player_id = $2 AND l.amounts[m.n] IS NOT NULL),
                'finalRanks', (
                    SELECT coalesce(json_agg(json_build_object('period', {period f.period}, 'window', w.window_id,
                        'metric', (string_to_array(b.metrics, ','))[f.metric + 1], 'rank', f.rank,
                        'score', {score f.score}, 'achievedAt', {instant f.reached_at})
                        ORDER BY f.period, f.window_key, f.metric), '[]')
                    FROM final_standing f JOIN board_window w
                      ON w.board_id = f.board_id AND w.period = f.period AND w.window_key = f.window_key
                    WHERE f.board_id = b.id AND f.player_id = $2),
                'dailyPositions', (
                    SELECT coalesce(json_agg(json_build_object('day', d.day,
                        'metric', (string_to_array(b.metrics, ','))[p.metric + 1], 'rank', p.rank)
                        ORDER BY d.day, d.number, p.metric), '[]')
                    FROM position_day d JOIN daily_position p ON p.number = d.number AND p.player_id = $2
                    WHERE d.board_id = b.id),
                'disqualifications', (
                    SELECT coalesce(json_agg(json_build_object('period', {period q.period}, 'reason', q.reason,
                        'author', q.author, 'at', q.created_at) ORDER BY q.created_at), '[]')
                    FROM disqualification q WHERE q.board_id = b.id AND q.player_id = $2),
                'adjustments', (
                    SELECT coalesce(json_agg(json_build_object('score', {score a.scores[1]}, 'reason', a.reason,
                        'author', a.author, 'at', a.created_at, 'undoneAt', a.undone_at) ORDER BY a.id), '[]')
                    FROM adjustment a WHERE a.board_id = b.id AND a.player_id = $2),
                'held', (
                    SELECT coalesce(json_agg(json_build_object('eventId', {client's h.event_id}, 'score', {score h.score},
                        'occurredAt', {instant h.occurred_ms}, 'receivedAt', h.received_at, 'attributes', h.attributes,
                        'activity', h.activity, 'tags', h.tags, 'durationMs', h.duration_ms, 'rule', h.rule, 'state', h.state, 'reason', h.reason, 'author', h.author, 'at', h.decided_at)
                        ORDER BY h.id), '[]')
                    FROM held_event h
                    WHERE h.tenant_id = b.tenant_id AND h.player_id = $2 AND h.board_id = b.id))::text
            FROM board b WHERE b.id = $1""";

    private static final String EVENTS = """
            SELECT e.id, json_build_object('eventId', {client's e.event_id}, 'score', {score e.score},
                'occurredAt', {instant e.occurred_ms}, 'receivedAt', e.received_at, 'attributes', e.attributes,
                'activity', e.activity, 'tags', e.tags, 'durationMs', e.duration_ms,
                'outcome', ('{COMPLETED,FAILED,PARTIAL}'::text[])[e.outcome])::text
            FROM score_event e JOIN board b ON b.id = e.board_id
            WHERE e.board_id = $1 AND e.player_id = $2 AND e.id > $3 ORDER BY e.id LIMIT $4""";

    private static final String ON_BOARD = filled(BOARD);
    private static final String PAGE_OF_EVENTS = filled(EVENTS);

    private final Sql sql;
    private final Pulse pulse;

    PlayerTraces(Sql sql, Pulse pulse) {
        this.sql = sql;
        this.pulse = pulse;
    }

    private static String filled(String statement) {
        return statement
                .replaceAll("\\{score ([^}]*)}", SCORE.formatted("$1"))
                .replaceAll("\\{client's ([^}]*)}", CLIENTS_ID.formatted("$1"))
                .replaceAll("\\{instant ([^}]*)}", INSTANT.formatted("$1"))
                .replaceAll("\\{period ([^}]*)}", PERIOD.formatted("$1"));
    }

    /** The numbers of the boards on which there is something about a player. */
    public Uni<List<Integer>> boards(Tenant tenant, String playerId) {
        return pulse.whileAlive(sql.run(BOARDS, tenant.id(), playerId)).map(rows -> {
            List<Integer> boards = new ArrayList<>(rows.size());
            rows.forEach(row -> boards.add(row.getInteger(0)));
            return boards;
        });
    }

    /** Everything but events, as a JSON object. */
    public Uni<String> onBoard(int boardId, String playerId) {
        return pulse.whileAlive(sql.run(ON_BOARD, boardId, playerId))
                .map(rows -> rows.iterator().next().getString(0));
    }

    /** The groups that the player belongs or belonged to, the awards, and the listed friends, as a JSON object. */
    public Uni<String> belongs(Tenant tenant, String playerId) {
        return pulse.whileAlive(sql.run(BELONGS, tenant.id(), playerId))
                .map(rows -> rows.iterator().next().getString(0));
    }

    /** Submissions to challenges, the newest first, at most {@value #SUBMISSIONS}, each as a JSON object. */
    public Uni<List<String>> submissions(Tenant tenant, String playerId, long skipped) {
        return pulse.whileAlive(sql.run(SUBMITTED, tenant.id(), playerId, skipped, (long) SUBMISSIONS))
                .map(rows -> {
                    List<String> submissions = new ArrayList<>(rows.size());
                    rows.forEach(row -> submissions.add(row.getString(0)));
                    return submissions;
                });
    }

    /** The next events in the order of the ledger, at most {@value #PAGE}, each as a JSON object. */
    public Uni<List<Stored>> events(int boardId, String playerId, long after) {
        return pulse.whileAlive(sql.run(PAGE_OF_EVENTS, boardId, playerId, after, (long) PAGE))
                .map(rows -> {
                    List<Stored> events = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        events.add(new Stored(row.getLong(0), row.getString(1)));
                    }
                    return events;
                });
    }

    /** An event of the ledger by its number. */
    public record Stored(long number, String json) {}
}
