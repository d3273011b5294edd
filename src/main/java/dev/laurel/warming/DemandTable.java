package dev.laurel.warming;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.Tenant;
import dev.laurel.warming.forecast.Demand;
import dev.laurel.warming.forecast.DemandStore;
import dev.laurel.warming.forecast.HourOfWeek;
import dev.laurel.warming.forecast.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The demand in PostgreSQL. Of players without a record nothing is remembered, so that nothing of an erased player returns. */
@ApplicationScoped
class DemandTable implements DemandStore {
    /** Of the present hour more is kept, so that what rises only now is not forgotten each time. */
    private static final int SPARE = 4;

    private static final String WEIGHT =
            "d.weight * power(0.5, greatest(0, extract(epoch FROM %s - d.counted_at)::float8) / %s)";

    private static final String ADD = """
            INSERT INTO view_demand AS d (hour, kind, tenant_id, subject, player_id, weight, counted_at)
            SELECT i.hour, i.kind, i.tenant_id, i.subject, i.player_id, i.weight, i.counted_at
            FROM unnest($1::smallint[], $2::text[], $3::smallint[], $4::text[], $5::text[], $6::float8[], $7::timestamptz[])
                AS i(hour, kind, tenant_id, subject, player_id, weight, counted_at)
            LEFT JOIN player p ON p.tenant_id = i.tenant_id AND p.id = i.player_id
            WHERE i.player_id IS NULL OR p.id IS NOT NULL
            ORDER BY i.hour, i.kind, i.tenant_id, i.subject
            ON CONFLICT (hour, kind, tenant_id, subject) DO UPDATE SET
                weight = %s + excluded.weight, counted_at = greatest(d.counted_at, excluded.counted_at)""".formatted(WEIGHT.formatted("excluded.counted_at", "$8::float8"));

    /** $1 hours, $2 now, $3 half-life in seconds, $4 rows to keep, $5 the present hour, of which more are kept. */
    private static final String PRUNE = """
            WITH placed AS (
                SELECT d.hour, d.kind, d.tenant_id, d.subject, %1$s AS weight,
                    row_number() OVER (PARTITION BY d.hour, d.kind ORDER BY %1$s DESC, d.tenant_id, d.subject) AS place
                FROM view_demand d WHERE d.hour = ANY ($1::smallint[]))
            DELETE FROM view_demand d USING placed o
            WHERE (d.hour, d.kind, d.tenant_id, d.subject) = (o.hour, o.kind, o.tenant_id, o.subject)
              AND (o.weight < 0.02 OR o.place > $4::bigint * CASE WHEN o.hour = $5::smallint THEN %2$d ELSE 1 END)""".formatted(WEIGHT.formatted("$2::timestamptz", "$3::float8"), SPARE);

    private static final String AT = """
            SELECT hour, kind, tenant_id, subject, player_id, weight, counted_at FROM view_demand
            WHERE hour = ANY ($1::smallint[])""";

    private static final String BY_HOUR = "SELECT d.hour, sum(%s) FROM view_demand d GROUP BY d.hour"
            .formatted(WEIGHT.formatted("$1::timestamptz", "$2::float8"));

    private final Sql sql;
    private final WarmingConfig config;
    private final Clock clock;
    private final HourOfWeek week;

    DemandTable(Sql sql, WarmingConfig config, Clock clock) {
        this.sql = sql;
        this.config = config;
        this.clock = clock;
        this.week = new HourOfWeek(config.zone());
    }

    @Override
    public Uni<Void> add(List<Demand> demands) {
        if (demands.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return sql.run(
                        ADD,
                        each(demands, Short[]::new, one -> (short) one.hour()),
                        each(demands, String[]::new, one -> one.view().kind()),
                        each(demands, Short[]::new, one -> one.view().tenant().id()),
                        each(demands, String[]::new, one -> one.view().subject()),
                        each(demands, String[]::new, one -> one.view().player()),
                        each(demands, Double[]::new, Demand::weight),
                        each(demands, OffsetDateTime[]::new, one -> one.countedAt()
                                .atOffset(ZoneOffset.UTC)),
                        halfLife())
                .chain(this::prune);
    }

    private static <T> T[] each(List<Demand> demands, IntFunction<T[]> array, Function<Demand, T> value) {
        return demands.stream().map(value).toArray(array);
    }

    private double halfLife() {
        return config.halfLife().toMillis() / 1_000.0;
    }

    /** The hour before is over; the one after is read next, and has not been looked at for a week. */
    private Uni<Void> prune() {
        int present = week.of(clock.instant());
        Short[] hours = IntStream.of(present - 1, present, present + 1)
                .mapToObj(hour -> (short) Math.floorMod(hour, HourOfWeek.HOURS))
                .toArray(Short[]::new);
        return sql.run(PRUNE, hours, now(), halfLife(), (long) config.remembered(), (short) present)
                .replaceWithVoid();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    @Override
    public Uni<List<Demand>> at(int... hours) {
        Short[] wanted = Arrays.stream(hours).mapToObj(hour -> (short) hour).toArray(Short[]::new);
        return sql.runForJob(AT, (Object) wanted).map(rows -> {
            List<Demand> found = new ArrayList<>(rows.size());
            rows.forEach(row -> found.add(demand(row)));
            return found;
        });
    }

    private static Demand demand(Row row) {
        View view = new View(row.getString(1), new Tenant(row.getShort(2)), row.getString(3), row.getString(4));
        return new Demand(
                view,
                row.getShort(0),
                row.getDouble(5),
                row.getOffsetDateTime(6).toInstant());
    }

    @Override
    public Uni<double[]> byHour() {
        return sql.runForJob(BY_HOUR, now(), halfLife()).map(rows -> {
            double[] weights = new double[HourOfWeek.HOURS];
            rows.forEach(row -> weights[row.getShort(0)] = row.getDouble(1));
            return weights;
        });
    }
}
