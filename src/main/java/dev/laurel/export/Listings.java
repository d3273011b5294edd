package dev.laurel.export;

import dev.laurel.board.Board;
import dev.laurel.board.BoardDefinition;
import dev.laurel.export.Listing.Question;
import dev.laurel.platform.postgres.Pulse;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Activity.Outcome;
import dev.laurel.shared.EventIds;
import dev.laurel.shared.Score;
import dev.laurel.shared.Tenant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** What is stored, for administrators: neither a freeze nor a hidden record holds anything back. */
@ApplicationScoped
public class Listings {
    private static final UUID FIRST = new UUID(0, 0);

    /** Of the scores of submissions. */
    private static final int MILLIONTHS = 6;

    private static final String PLAYERS = """
            SELECT p.id, p.display_name, p.username, p.avatar_url, p.visibility, p.created_at, p.updated_at, p.attributes::text
            FROM player p WHERE p.tenant_id = $1 AND p.id > $2 ORDER BY p.id LIMIT $3""";

    /** What the service wrote into the ledger on its own has an id that no client can choose. */
    private static final String EVENTS = """
            SELECT e.player_id, e.id, e.score, e.more, e.event_id, e.occurred_ms, e.received_at, e.activity, e.tags, e.outcome,
                e.duration_ms, e.attributes::text
            FROM score_event e
            WHERE e.board_id = $1 AND (e.player_id, e.id) > ($2, $3)
              AND (e.event_id IS NULL OR e.event_id NOT LIKE '#%')
              AND NOT EXISTS (SELECT FROM withdrawn_event v WHERE v.board_id = $1 AND v.event_id = e.event_id)
            ORDER BY e.player_id, e.id LIMIT $4""";

    private static final String SUBMISSIONS = """
            SELECT s.variant, s.player_id, s.at_ms, s.id, s.length, s.score, s.cleared, s.points, s.tags::text, s.attempt::text
            FROM submission s
            WHERE s.challenge = $1 AND s.withdrawn_at IS NULL AND (s.variant, s.player_id, s.at_ms, s.id) > ($2, $3, $4, $5)
            ORDER BY s.variant, s.player_id, s.at_ms, s.id LIMIT $6""";

    private static final String AWARDS = """
            SELECT w.player_id, w.tier, w.window_id,
                CASE WHEN w.window_id <> '' THEN present_window(w.window_id, a) ELSE '' END, w.reached_ms, w.awarded_at
            FROM achievement_award w JOIN achievement a ON a.number = w.achievement
            WHERE w.achievement = $1 AND (w.player_id, w.tier, w.window_id) > ($2, $3, $4)
              AND is_in_time(w, a) AND is_among_first(w, a)
            ORDER BY w.player_id, w.tier, w.window_id LIMIT $5""";

    private final Sql sql;
    private final Pulse pulse;

    Listings(Sql sql, Pulse pulse) {
        this.sql = sql;
        this.pulse = pulse;
    }

    /** All records of players, by id. */
    public Listing players(Tenant tenant, List<String> attributes) {
        List<String> columns = new ArrayList<>(
                List.of("playerId", "displayName", "username", "avatarUrl", "visibility", "createdAt", "updatedAt"));
        attributes.forEach(name -> columns.add(columns.contains(name) ? "attribute:" + name : name));
        return listing(columns, PLAYERS, List.of(tenant.id()), List.of(""), row -> player(row, attributes));
    }

    private static Item player(Row row, List<String> attributes) {
        Map<String, Object> all = new JsonObject(row.getString(7)).getMap();
        List<Object> cells = new ArrayList<>(Arrays.asList(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                instant(row, 5),
                instant(row, 6)));
        attributes.forEach(name -> cells.add(all.get(name)));
        return new Item(cells, attributes.isEmpty() ? Map.of("attributes", all) : Map.of());
    }

    /** The events that clients have sent to a board and that have not been withdrawn, by player, as they were accepted. */
    public Listing events(Board board) {
        List<String> columns = new ArrayList<>(List.of("playerId", "eventId"));
        columns.addAll(board.definition().metrics());
        columns.addAll(List.of("occurredAt", "receivedAt", "activity", "tags", "outcome", "durationMs"));
        return listing(columns, EVENTS, List.of(board.id()), List.of("", 0L), row -> event(row, board.definition()));
    }

    private static Item event(Row row, BoardDefinition definition) {
        Long[] more = row.getArrayOfLongs(3);
        Object[] scores = new Object[definition.metrics().size()];
        scores[0] = Score.toNumber(row.getLong(2), definition.decimals());
        for (int i = 1; more != null && i < scores.length && 2 * (i - 1) < more.length; i++) {
            Long value = more[2 * (i - 1)];
            scores[i] = value == null ? null : Score.toNumber(value, definition.decimals());
        }
        Outcome outcome = Outcome.ofCode(row.getShort(9));
        String[] tags = row.getArrayOfStrings(8);
        List<Object> cells = new ArrayList<>(Arrays.asList(row.getString(0), EventIds.shown(row.getString(4))));
        cells.addAll(Arrays.asList(scores));
        cells.addAll(Arrays.asList(
                Instant.ofEpochMilli(row.getLong(5)),
                instant(row, 6),
                row.getString(7),
                tags == null ? null : List.of(tags),
                outcome == null ? null : outcome.name(),
                row.getLong(10)));
        String attributes = row.getString(11);
        return new Item(
                cells, attributes == null ? Map.of() : Map.of("attributes", new JsonObject(attributes).getMap()));
    }

    /** The submissions to a challenge that have not been withdrawn, without their texts, by variant and player. */
    public Listing submissions(int challenge) {
        return listing(
                List.of(
                        "variant",
                        "playerId",
                        "submittedAt",
                        "submission",
                        "length",
                        "score",
                        "cleared",
                        "points",
                        "tags"),
                SUBMISSIONS,
                List.of(challenge),
                List.of("", "", Long.MIN_VALUE, FIRST),
                Listings::submission);
    }

    private static Item submission(Row row) {
        Long score = row.getLong(5);
        String tags = row.getString(8);
        String attempt = row.getString(9);
        List<Object> cells = Arrays.asList(
                row.getString(0),
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getUUID(3).toString(),
                row.getInteger(4),
                score == null ? null : BigDecimal.valueOf(score, MILLIONTHS),
                row.getBoolean(6),
                row.getInteger(7),
                tags == null ? null : new JsonArray(tags).getList());
        return new Item(cells, attempt == null ? Map.of() : Map.of("attempt", new JsonObject(attempt).getMap()));
    }

    /** The awards of an achievement that count, by player. */
    public Listing awards(int achievement) {
        return listing(
                List.of("playerId", "tier", "window", "reachedAt", "awardedAt"),
                AWARDS,
                List.of(achievement),
                List.of("", "", ""),
                row -> new Item(
                        Arrays.asList(
                                row.getString(0),
                                orNull(row.getString(1)),
                                orNull(row.getString(3)),
                                Instant.ofEpochMilli(row.getLong(4)),
                                instant(row, 5)),
                        Map.of()));
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Instant instant(Row row, int column) {
        return row.getOffsetDateTime(column).toInstant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Listing listing(
            List<String> columns,
            String statement,
            List<Object> arguments,
            List<Object> start,
            Function<Row, Item> reading) {
        return new Listing(sql, pulse, new Question(List.copyOf(columns), statement, arguments, start, reading));
    }
}
