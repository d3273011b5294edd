package dev.laurel.database;

import dev.laurel.database.IndexState.State;
import dev.laurel.database.IndexState.Use;
import dev.laurel.platform.postgres.Sql;
import dev.laurel.shared.LaurelException.Unavailable;
import io.quarkus.cache.CacheResult;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the state of the database from what the server counts. */
@ApplicationScoped
public class DatabaseReads {
    /** The cache of the framework that has the state; how long is a setting of it in application.properties. */
    static final String STATE = "database-state";

    private static final int MAX_TABLES = 200;

    private static final String SERVER = """
            SELECT current_setting('server_version'), pg_database_size(current_database()),
                CASE WHEN blks_hit + blks_read > 0 THEN blks_hit::float8 / (blks_hit + blks_read) END,
                (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),
                current_setting('max_connections')::bigint, stats_reset
            FROM pg_stat_database WHERE datname = current_database()""";

    /**
     * Indexes of partitions count for that of the whole, unless they are invalid. Covered is an index whose columns are the
     * first ones of another one with the same condition. Written to an index is each new row, and each new version of a row
     * that the server could not chain to the old one; to one with a condition, fewer.
     */
    private static final String INDEXES = """
            WITH own AS (
                SELECT c.oid, c.relname AS name, t.relname AS on_table, c.relispartition AS partition,
                    i.indisvalid AS valid, i.indisunique AS is_unique, c.relam AS method, i.indrelid AS table_oid,
                    EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid) AS from_constraint,
                    i.indkey::text || ' ' AS columns, i.indoption::text || ' ' AS options,
                    i.indcollation::text || ' ' AS collations, i.indclass::text || ' ' AS classes,
                    coalesce(pg_get_expr(i.indpred, i.indrelid), '') AS condition,
                    coalesce(pg_get_expr(i.indexprs, i.indrelid), '') AS expressions
                FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
                WHERE c.relnamespace = current_schema()::regnamespace)
            SELECT o.name, o.on_table, pg_get_indexdef(o.oid), o.valid, o.is_unique, o.from_constraint,
                coalesce((SELECT sum(pg_relation_size(p.relid)) FROM pg_partition_tree(o.oid) p), pg_relation_size(o.oid))::bigint,
                coalesce((SELECT sum(pg_stat_get_numscans(p.relid)) FROM pg_partition_tree(o.oid) p),
                    pg_stat_get_numscans(o.oid))::bigint,
                (SELECT sum(pg_stat_get_tuples_inserted(i.indrelid)
                    + greatest(0, pg_stat_get_tuples_updated(i.indrelid) - pg_stat_get_tuples_hot_updated(i.indrelid)))
                 FROM pg_index i WHERE i.indexrelid = o.oid OR i.indexrelid IN (
                    SELECT p.relid FROM pg_partition_tree(o.oid) p WHERE p.isleaf))::bigint,
                (SELECT sum(greatest(0, c.reltuples)) FROM pg_class c WHERE c.oid = o.oid AND c.relkind = 'i' OR c.oid IN (
                    SELECT p.relid FROM pg_partition_tree(o.oid) p WHERE p.isleaf))::bigint,
                (SELECT min(b.name::text) FROM own b
                 WHERE b.table_oid = o.table_oid AND b.oid <> o.oid AND b.valid AND b.method = o.method
                   AND b.condition = o.condition AND b.expressions = o.expressions
                   AND starts_with(b.columns, o.columns) AND starts_with(b.options, o.options)
                   AND starts_with(b.collations, o.collations) AND starts_with(b.classes, o.classes)
                   AND NOT o.is_unique AND NOT o.from_constraint
                   AND (b.columns <> o.columns OR b.is_unique OR b.oid < o.oid))
            FROM own o WHERE NOT o.partition OR NOT o.valid""";

    /** A row takes its values, rounded up to eight bytes, a header of 24 bytes, and a pointer of four. */
    private static final String TABLES = """
            WITH widths AS (
                SELECT tablename, sum((1 - null_frac) * avg_width) AS width FROM pg_stats
                WHERE schemaname = current_schema() AND NOT inherited GROUP BY tablename)
            SELECT t.relname, n_live_tup, n_dead_tup, n_mod_since_analyze, pg_total_relation_size(relid),
                greatest(last_vacuum, last_autovacuum), greatest(last_analyze, last_autoanalyze),
                CASE WHEN c.reltuples >= 0 THEN greatest(0, (c.relpages - ceil(
                    c.reltuples * (28 + 8 * ceil(w.width / 8)) / ((b.size - 24) * f.fill / 100))) * b.size) END::bigint
            FROM pg_stat_user_tables t JOIN pg_class c ON c.oid = t.relid LEFT JOIN widths w ON w.tablename = t.relname,
                LATERAL (SELECT coalesce(max(option_value::float8) FILTER (WHERE option_name = 'fillfactor'), 100) AS fill
                         FROM pg_options_to_table(c.reloptions)) f,
                (SELECT current_setting('block_size')::float8 AS size) b
            WHERE schemaname = current_schema() ORDER BY 5 DESC, 1 LIMIT $1""";

    private static final String PARTITIONS = """
            SELECT p.relname, array_agg(c.relname::text ORDER BY c.relname)
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
            WHERE p.relkind = 'p' AND p.relnamespace = current_schema()::regnamespace GROUP BY p.relname""";

    private final Sql sql;
    private final IndexCatalog catalog;
    private final StatementReads statements;
    private final Clock clock;

    DatabaseReads(Sql sql, IndexCatalog catalog, StatementReads statements, Clock clock) {
        this.sql = sql;
        this.catalog = catalog;
        this.statements = statements;
        this.clock = clock;
    }

    /**
     * The state, at most some seconds old: it takes large queries over the catalogue, and consoles ask for it all the time.
     *
     * @return fails with {@link Unavailable} without PostgreSQL
     */
    @CacheResult(cacheName = STATE)
    public Uni<DatabaseState> state() {
        return sql.run(SERVER).map(rows -> rows.iterator().next()).chain(server -> indexes()
                .chain(indexes -> tables().chain(tables -> statements
                        .slow()
                        .map(slow -> new DatabaseState(
                                clock.instant(),
                                server.getString(0),
                                server.getLong(1),
                                server.getDouble(2),
                                server.getLong(3),
                                server.getLong(4),
                                instant(server.getOffsetDateTime(5)),
                                indexes,
                                tables,
                                slow.orElse(null))))));
    }

    /** All indexes there are, and those that are missing. */
    Uni<List<IndexState>> indexes() {
        return sql.run(INDEXES).map(rows -> {
            Map<String, IndexState> found = new TreeMap<>();
            rows.forEach(row -> found.put(row.getString(0), index(row)));
            catalog.all().values().forEach(spec -> found.computeIfAbsent(spec.name(), absent -> missing(spec)));
            return found.values().stream()
                    .sorted(Comparator.comparing(IndexState::table).thenComparing(IndexState::name))
                    .toList();
        });
    }

    private IndexState index(Row row) {
        String name = row.getString(0);
        return new IndexState(
                name,
                row.getString(1),
                catalog.find(name).map(IndexSpec::serves).orElse(null),
                row.getBoolean(3) ? State.VALID : State.INVALID,
                row.getString(2),
                row.getLong(6),
                new Use(
                        row.getLong(7),
                        row.getLong(8) == null ? 0 : row.getLong(8),
                        row.getLong(9) == null ? 0 : row.getLong(9)),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getString(10));
    }

    private static IndexState missing(IndexSpec spec) {
        return new IndexState(
                spec.name(),
                spec.table(),
                spec.serves(),
                State.MISSING,
                spec.createConcurrently(),
                0,
                Use.NONE,
                spec.unique(),
                false,
                null);
    }

    Uni<List<TableState>> tables() {
        return sql.run(TABLES, (long) MAX_TABLES).map(rows -> {
            List<TableState> tables = new ArrayList<>(rows.size());
            rows.forEach(row -> tables.add(new TableState(
                    row.getString(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(7),
                    instant(row.getOffsetDateTime(5)),
                    instant(row.getOffsetDateTime(6)))));
            return tables;
        });
    }

    /** The partitions of tables, by the table that they are parts of. */
    Uni<Map<String, List<String>>> partitions() {
        return sql.run(PARTITIONS).map(rows -> {
            Map<String, List<String>> partitions = new TreeMap<>();
            rows.forEach(row -> partitions.put(row.getString(0), List.of(row.getArrayOfStrings(1))));
            return partitions;
        });
    }

    private static Instant instant(OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
