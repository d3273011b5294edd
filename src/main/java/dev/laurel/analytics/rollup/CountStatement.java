package dev.laurel.analytics.rollup;

import dev.laurel.analytics.rollup.ActivityFollower.CountedBoard;
import dev.laurel.feed.source.AcceptedEvent;
import dev.laurel.platform.postgres.Sql.Statements;
import io.smallrye.mutiny.Uni;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Adds submitted events to the figures of their players, a batch in one statement. */
final class CountStatement {
    private static final String COUNT = """
            WITH e AS MATERIALIZED (
                SELECT t.*, (to_timestamp(t.ms / 1000.0) AT TIME ZONE t.zone)::date AS day
                FROM unnest($1::smallint[], $2::integer[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[],
                    $8::smallint[], $9::bigint[], $10::text[], $11::text[])
                    AS t(tenant_id, board_id, zone, player_id, id, ms, score, outcome, duration, tags, tx)
            ), cells AS MATERIALIZED (
                SELECT e.tenant_id, e.board_id, e.player_id, e.day, count(*) AS events, bounded(sum(e.score)) AS sum,
                    min(e.score) AS lowest, max(e.score) AS highest,
                    (array_agg(e.score ORDER BY e.ms DESC, e.id DESC))[1] AS latest,
                    (array_agg(e.id ORDER BY e.ms DESC, e.id DESC))[1] AS latest_id, max(e.ms) AS latest_ms,
                    min(e.id) AS first_id, max(e.id) AS last_id,
                    count(e.outcome) AS attempts, count(*) FILTER (WHERE e.outcome = 1) AS completed,
                    count(*) FILTER (WHERE e.outcome = 3) AS partial, coalesce(sum(e.duration), 0)::bigint AS duration_ms
                FROM e GROUP BY e.tenant_id, e.board_id, e.player_id, e.day
            ), written AS (
                INSERT INTO activity_day AS d (tenant_id, board_id, player_id, day, events, sum, lowest, highest, latest,
                    latest_ms, latest_id, first_id, last_id, attempts, completed, partial, duration_ms)
                SELECT c.tenant_id, c.board_id, c.player_id, c.day, c.events, c.sum, c.lowest, c.highest, c.latest,
                    c.latest_ms, c.latest_id, c.first_id, c.last_id, c.attempts, c.completed, c.partial, c.duration_ms
                FROM cells c ORDER BY c.board_id, c.player_id, c.day
                ON CONFLICT (board_id, player_id, day) DO UPDATE SET
                    events = d.events + excluded.events,
                    sum = bounded_sum(d.sum, excluded.sum),
                    lowest = least(d.lowest, excluded.lowest),
                    highest = greatest(d.highest, excluded.highest),
                    latest = CASE WHEN (d.latest_ms, d.latest_id) > (excluded.latest_ms, excluded.latest_id)
                                  THEN d.latest ELSE excluded.latest END,
                    latest_ms = greatest(d.latest_ms, excluded.latest_ms),
                    latest_id = CASE WHEN (d.latest_ms, d.latest_id) > (excluded.latest_ms, excluded.latest_id)
                                     THEN d.latest_id ELSE excluded.latest_id END,
                    first_id = least(d.first_id, excluded.first_id),
                    last_id = greatest(d.last_id, excluded.last_id),
                    attempts = d.attempts + excluded.attempts,
                    completed = d.completed + excluded.completed,
                    partial = d.partial + excluded.partial,
                    duration_ms = d.duration_ms + excluded.duration_ms
                RETURNING d.board_id, d.player_id, d.day, coalesce(old.events, 0) = 0 AS fresh
            ), topics AS (
                INSERT INTO activity_day_tag AS d (tenant_id, board_id, player_id, tag, day, events, attempts, completed,
                    partial, duration_ms)
                SELECT e.tenant_id, e.board_id, e.player_id, t.tag, e.day, count(*), count(e.outcome),
                    count(*) FILTER (WHERE e.outcome = 1), count(*) FILTER (WHERE e.outcome = 3), coalesce(sum(e.duration), 0)
                FROM e CROSS JOIN LATERAL unnest(e.tags::text[]) AS t(tag)
                GROUP BY e.tenant_id, e.board_id, e.player_id, t.tag, e.day ORDER BY 2, 3, 4, 5
                ON CONFLICT (board_id, player_id, tag, day) DO UPDATE SET
                    events = d.events + excluded.events,
                    attempts = d.attempts + excluded.attempts,
                    completed = d.completed + excluded.completed,
                    partial = d.partial + excluded.partial,
                    duration_ms = d.duration_ms + excluded.duration_ms
            ), late AS (
                INSERT INTO activity_change (tenant_id, board_id, player_id)
                SELECT DISTINCT e.tenant_id, e.board_id, e.player_id
                FROM e JOIN follower f ON f.name = 'activity' AND f.shard = (e.board_id & 15)
                WHERE (e.tx::xid8, e.id) <= (f.tx, f.id)
            ), dated AS (
                SELECT c.*, w.fresh, min(c.day) OVER (PARTITION BY c.board_id, c.player_id) AS first_day
                FROM cells c JOIN written w ON w.board_id = c.board_id AND w.player_id = c.player_id AND w.day = c.day
            )
            INSERT INTO activity_player AS p (tenant_id, board_id, player_id, events, days, sum, attempts, completed, partial,
                duration_ms, first_day, last_day, weeks)
            SELECT c.tenant_id, c.board_id, c.player_id, sum(c.events), count(*) FILTER (WHERE c.fresh), bounded(sum(c.sum)),
                sum(c.attempts), sum(c.completed), sum(c.partial), sum(c.duration_ms),
                c.first_day, max(c.day), bit_or(activity_weeks(c.first_day, c.day))
            FROM dated c GROUP BY c.tenant_id, c.board_id, c.player_id, c.first_day ORDER BY 2, 3
            ON CONFLICT (board_id, player_id) DO UPDATE SET
                events = p.events + excluded.events,
                days = p.days + excluded.days,
                sum = bounded_sum(p.sum, excluded.sum),
                attempts = p.attempts + excluded.attempts,
                completed = p.completed + excluded.completed,
                partial = p.partial + excluded.partial,
                duration_ms = p.duration_ms + excluded.duration_ms,
                first_day = least(p.first_day, excluded.first_day),
                last_day = greatest(p.last_day, excluded.last_day),
                weeks = shifted_weeks(p.weeks, p.first_day, least(p.first_day, excluded.first_day))
                    | shifted_weeks(excluded.weeks, excluded.first_day, least(p.first_day, excluded.first_day))""";

    private CountStatement() {}

    static Uni<Void> run(List<AcceptedEvent> events, Map<Integer, CountedBoard> boards, Statements transaction) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .run(
                        COUNT,
                        shorts(events, event -> boards.get(event.boardId()).tenant()),
                        events.stream().map(AcceptedEvent::boardId).toArray(Integer[]::new),
                        texts(events, event -> boards.get(event.boardId()).zone()),
                        texts(events, AcceptedEvent::playerId),
                        longs(events, AcceptedEvent::number),
                        longs(events, event -> event.occurredAt().toEpochMilli()),
                        longs(events, AcceptedEvent::score),
                        shorts(events, CountStatement::outcome),
                        longs(events, event -> event.activity().durationMs()),
                        texts(events, CountStatement::tags),
                        texts(events, event -> Long.toString(event.transaction())))
                .replaceWithVoid();
    }

    private static Short outcome(AcceptedEvent event) {
        return event.activity().outcome() == null
                ? null
                : event.activity().outcome().code();
    }

    /**
     * An array of arrays has to be rectangular, so each is a literal. Quoted, since a tag may be named null; no tag contains
     * a quotation mark.
     */
    private static String tags(AcceptedEvent event) {
        return event.activity().tags().isEmpty()
                ? null
                : "{\"" + String.join("\",\"", event.activity().tags()) + "\"}";
    }

    private static String[] texts(List<AcceptedEvent> events, Function<AcceptedEvent, String> part) {
        return events.stream().map(part).toArray(String[]::new);
    }

    private static Long[] longs(List<AcceptedEvent> events, Function<AcceptedEvent, Long> part) {
        return events.stream().map(part).toArray(Long[]::new);
    }

    private static Short[] shorts(List<AcceptedEvent> events, Function<AcceptedEvent, Short> part) {
        return events.stream().map(part).toArray(Short[]::new);
    }
}
