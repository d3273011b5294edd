package dev.laurel.board;

import dev.laurel.board.rules.AccessRules;
import dev.laurel.board.rules.EligibilityRules;
import dev.laurel.board.rules.MembershipRules;
import dev.laurel.board.rules.MembershipRules.GroupPoints;
import dev.laurel.board.rules.MetricRules;
import dev.laurel.board.rules.RulesJson;
import dev.laurel.shared.LaurelException.Unavailable;
import dev.laurel.shared.Period;
import dev.laurel.shared.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The representation of a board in the table {@code board}, and the statements that write it. */
final class BoardRow {
    private static final String COLUMNS = """
            id, tenant_id, name, title, operator, sort_order, periods, zone, week_start, rank_mode, tie_break, decimals,\
             min_score, max_score, max_step, metrics, lateness_ms, retention_ms, required_attributes, cooldown_ms,\
             segments, group_points, position_days, plausibility, leagues, derived, required_metrics, seasons, freeze_at, freeze_no, filling,\
             revision, created_at, updated_at, public_read, player_submissions""";

    /** Raised by {@code require_known_metrics}. */
    private static final String UNKNOWN_METRICS = "LB017";

    private static final String RETURNING = " returning " + COLUMNS;
    private static final String SELECT = "select " + COLUMNS + " from board ";

    /** The board with a tenant and a name that has not been deleted. */
    static final String LIVING = SELECT + "where tenant_id = $1 and name = $2 and deleted_at is null";

    /** The board with a number, unless it has been deleted. */
    static final String BY_ID = SELECT + "where id = $1 and deleted_at is null";

    private static final String NAMED = "where tenant_id = $1 and name like any($2) and deleted_at is null";

    static final String PAGE = SELECT + NAMED + " order by name limit $3 offset $4";

    static final String COUNT = "select count(*) from board " + NAMED;

    /** Takes a name, an instant, the values of {@link #definition}, and a tenant. */
    static final String CREATE = """
            insert into board (name, created_at, updated_at, revision, title, operator, sort_order, periods, zone,
                week_start, rank_mode, tie_break, decimals, min_score, max_score, max_step, metrics, lateness_ms,
                retention_ms, required_attributes, cooldown_ms, segments, group_points, position_days, plausibility,
                leagues, derived, derivations, required_metrics, public_read, player_submissions, tenant_id)
            values ($1, $2, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                $23, $24, $25, $26::text::numeric[], $27, $28, $29, $30)
            """ + RETURNING;

    /** Takes a number, an instant and the values of {@link #definition}. */
    static final String DEFINE = """
            update board set updated_at = $2, revision = revision + 1, title = $3, operator = $4, sort_order = $5,
                periods = $6, zone = $7, week_start = $8, rank_mode = $9, tie_break = $10, decimals = $11,
                min_score = $12, max_score = $13, max_step = $14, metrics = $15, lateness_ms = $16, retention_ms = $17,
                required_attributes = $18, cooldown_ms = $19, segments = $20, group_points = $21, position_days = $22,
                plausibility = $23, leagues = $24, derived = $25, derivations = $26::text::numeric[],
                required_metrics = $27, public_read = $28, player_submissions = $29
            where id = $1""" + RETURNING;

    /** Takes a number, an instant and a {@link SeasonList}. */
    static final String SET_SEASONS =
            "update board set updated_at = $2, revision = revision + 1, seasons = $3 where id = $1" + RETURNING;

    /**
     * Takes a number, an instant and the start of the freeze, or null. A process that has not learned of the change yet
     * takes its snapshot, if any, under the previous number.
     */
    static final String SET_FREEZE = """
            update board set updated_at = $2, revision = revision + 1, freeze_at = $3::timestamptz,
                freeze_no = freeze_no + case when $3::timestamptz is null then 0 else 1 end
            where id = $1""" + RETURNING;

    /** Takes a number and an instant. */
    static final String DELETE = "update board set deleted_at = $2 where id = $1" + RETURNING;

    private BoardRow() {}

    /** The arguments of a statement that writes a definition: two of its own followed by those of the definition. */
    static Object[] definition(Object first, Instant now, BoardDefinition definition) {
        return new Object[] {
            first,
            argument(now),
            definition.title(),
            definition.operator().name(),
            definition.order().name(),
            definition.periods().stream().sorted().map(Period::name).collect(Collectors.joining(",")),
            definition.zone().getId(),
            definition.weekStart().name(),
            definition.rankMode().name(),
            definition.tieBreak().name(),
            (short) definition.decimals(),
            definition.minScore(),
            definition.maxScore(),
            definition.maxStep(),
            String.join(",", definition.metrics()),
            definition.lateness().toMillis(),
            definition.retention() == null ? null : definition.retention().toMillis(),
            String.join(",", definition.eligibility().requires()),
            definition.eligibility().cooldown().toMillis(),
            String.join(",", definition.membership().segments()),
            definition.membership().groupPoints().name(),
            (short) definition.positionDays(),
            RulesJson.write(definition.plausibility()),
            RulesJson.write(definition.leagues()),
            RulesJson.write(definition.metricRules().derived()),
            definition.metricRules().terms(definition.metrics()),
            definition.metricRules().requiredColumn(),
            definition.access().publicRead(),
            definition.access().playerSubmissions()
        };
    }

    /** The arguments of {@link #CREATE}. */
    static Object[] creation(BoardName name, Instant now, BoardDefinition definition) {
        Object[] defined = definition(name.name(), now, definition);
        Object[] created = Arrays.copyOf(defined, defined.length + 1);
        created[defined.length] = name.tenant().id();
        return created;
    }

    /** An instant as an argument of a statement; null stays null. */
    static OffsetDateTime argument(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** Fails with {@link Unavailable} while a process runs that does not know the metrics of the new definition. */
    static <T> Uni<T> told(Uni<T> written) {
        return written.onFailure(e -> e instanceof PgException refused && UNKNOWN_METRICS.equals(refused.getSqlState()))
                .transform(e ->
                        Unavailable.overloaded("A process of an earlier version, which does not know derived metrics"
                                + " nor metrics that come later, is still running"));
    }

    /** The first board found; null if there is none. */
    static Board first(RowSet<Row> rows) {
        var found = rows.iterator();
        return found.hasNext() ? board(found.next()) : null;
    }

    static Board board(Row row) {
        OffsetDateTime freezeAt = row.getOffsetDateTime("freeze_at");
        return new Board(
                row.getInteger("id"),
                new Tenant(row.getShort("tenant_id")),
                row.getString("name"),
                row.getInteger("revision"),
                definition(row),
                SeasonList.read(row.getString("seasons")),
                freezeAt == null ? null : new Freeze(row.getInteger("freeze_no"), freezeAt.toInstant()),
                filling(row.getString("filling")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static Set<Period> filling(String codes) {
        return codes.isEmpty()
                ? Set.of()
                : Arrays.stream(codes.split(","))
                        .map(code -> Period.ofCode(Integer.parseInt(code)))
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static BoardDefinition definition(Row row) {
        Long retention = row.getLong("retention_ms");
        return new BoardDefinition(
                row.getString("title"),
                Operator.valueOf(row.getString("operator")),
                SortOrder.valueOf(row.getString("sort_order")),
                Arrays.stream(row.getString("periods").split(","))
                        .map(Period::valueOf)
                        .collect(Collectors.toSet()),
                zone(row.getString("zone")),
                DayOfWeek.valueOf(row.getString("week_start")),
                RankMode.valueOf(row.getString("rank_mode")),
                TieBreak.valueOf(row.getString("tie_break")),
                row.getInteger("decimals"),
                row.getLong("min_score"),
                row.getLong("max_score"),
                row.getLong("max_step"),
                List.of(row.getString("metrics").split(",")),
                Duration.ofMillis(row.getLong("lateness_ms")),
                retention == null ? null : Duration.ofMillis(retention),
                new EligibilityRules(
                        names(row.getString("required_attributes")), Duration.ofMillis(row.getLong("cooldown_ms"))),
                new MembershipRules(
                        names(row.getString("segments")), GroupPoints.valueOf(row.getString("group_points"))),
                row.getInteger("position_days"),
                RulesJson.plausibility(row.getString("plausibility")),
                RulesJson.leagues(row.getString("leagues")),
                new MetricRules(RulesJson.derived(row.getString("derived")), row.getInteger("required_metrics")),
                new AccessRules(row.getBoolean("public_read"), row.getBoolean("player_submissions")));
    }

    private static List<String> names(String list) {
        return list.isEmpty() ? List.of() : List.of(list.split(","));
    }

    /** The same zone has two names; a definition that returns with the other one has not changed. */
    private static ZoneId zone(String name) {
        return "UTC".equals(name) ? ZoneOffset.UTC : ZoneId.of(name);
    }

    /** The seasons of a board as they are stored with it: always read and changed together, under the lock of the board. */
    static final class SeasonList {
        private SeasonList() {}

        static List<Season> read(String json) {
            JsonArray list = new JsonArray(json);
            return IntStream.range(0, list.size())
                    .mapToObj(list::getJsonObject)
                    .map(one -> new Season(
                            one.getString("id"),
                            one.getString("title"),
                            Instant.ofEpochMilli(one.getLong("start")),
                            Instant.ofEpochMilli(one.getLong("end"))))
                    .toList();
        }

        static String write(List<Season> seasons) {
            JsonArray list = new JsonArray();
            seasons.stream()
                    .sorted(Comparator.comparing(Season::start))
                    .forEach(one -> list.add(new JsonObject()
                            .put("id", one.id())
                            .put("title", one.title())
                            .put("start", one.start().toEpochMilli())
                            .put("end", one.end().toEpochMilli())));
            return list.encode();
        }
    }
}
