package dev.laurel.database;

import dev.laurel.platform.postgres.Sql;
import dev.laurel.platform.postgres.Sql.Statements;
import dev.laurel.shared.LaurelException.Conflict;
import dev.laurel.shared.LaurelException.NotFound;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads which statements have cost the server most, and how it would carry them out. Only statements that the server itself
 * has counted are explained, by their ids: no text comes from a client.
 */
@ApplicationScoped
public class StatementReads {
    private static final int MAX_STATEMENTS = 20;
    private static final int MAX_TEXT = 1_000;

    /** Planning takes milliseconds; a statement that is waited for longer waits for a lock. */
    private static final String BOUND = "SET LOCAL statement_timeout = '2s'";

    /** One statement that changes nothing. A semicolon in it could begin another one. */
    private static final Pattern PLAIN_SELECT =
            Pattern.compile("\\s*select\\b[^;]*;?\\s*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Pattern CHANGES = Pattern.compile(
            "\\b(into|for\\s+(no\\s+key\\s+)?update|for\\s+(key\\s+)?share)\\b", Pattern.CASE_INSENSITIVE);

    /** The view of the extension, or one that a provider shows in its place. */
    private static final String VIEW = """
            SELECT quote_ident(n.nspname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = 'pg_stat_statements' AND c.relkind = 'v' ORDER BY c.oid LIMIT 1""";

    private static final String STATEMENTS = """
            SELECT queryid, left(query, $1), calls, mean_exec_time, total_exec_time, rows FROM {schema}.pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND queryid IS NOT NULL
            ORDER BY total_exec_time DESC LIMIT $2""";

    private static final String STATEMENT = """
            SELECT query FROM {schema}.pg_stat_statements
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND queryid = $1 LIMIT 1""";

    private final Sql sql;

    StatementReads(Sql sql) {
        this.sql = sql;
    }

    /** Those that cost most altogether; empty when the extension is not there, not loaded by the server, or not readable. */
    Uni<Optional<List<SlowStatement>>> slow() {
        return schema().chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.<List<SlowStatement>>empty())
                        : slow(found.get()).map(Optional::of))
                .onFailure(PgException.class)
                .recoverWithItem(Optional.empty());
    }

    private Uni<Optional<String>> schema() {
        return sql.run(VIEW)
                .map(found -> found.size() == 0
                        ? Optional.empty()
                        : Optional.of(found.iterator().next().getString(0)));
    }

    /** @param schema quoted */
    Uni<List<SlowStatement>> slow(String schema) {
        return sql.run(STATEMENTS.replace("{schema}", schema), MAX_TEXT, (long) MAX_STATEMENTS)
                .map(StatementReads::statements);
    }

    private static List<SlowStatement> statements(RowSet<Row> rows) {
        List<SlowStatement> statements = new ArrayList<>(rows.size());
        rows.forEach(row -> statements.add(new SlowStatement(
                row.getLong(0), row.getString(1), row.getLong(2), row.getDouble(3), row.getDouble(4), row.getLong(5))));
        return statements;
    }

    /**
     * How the server would carry out a statement that it has counted, whatever its arguments. It is not carried out.
     *
     * @return fails with {@link NotFound} when the server does not count it, and with {@link Conflict} when it is no plain
     *     SELECT, or the server cannot plan it without its arguments
     */
    public Uni<StatementPlan> plan(long id) {
        return schema().onFailure(PgException.class)
                .recoverWithItem(Optional.empty())
                .map(found -> found.orElseThrow(() -> new NotFound(
                        "The server does not count statements: load pg_stat_statements to see which are slow")))
                .chain(schema -> plan(schema, id));
    }

    Uni<StatementPlan> plan(String schema, long id) {
        return sql.run(STATEMENT.replace("{schema}", schema), id)
                .onFailure(PgException.class)
                .transform(failure -> new NotFound("The server does not show its statements: " + failure.getMessage()))
                .map(found -> {
                    if (found.size() == 0) {
                        throw new NotFound("The server has not counted a statement " + id);
                    }
                    return found.iterator().next().getString(0);
                })
                .chain(text -> explain(id, text));
    }

    private Uni<StatementPlan> explain(long id, String text) {
        if (!isPlainSelect(text)) {
            throw new Conflict("Only a plain SELECT is explained; statement " + id + " is another one");
        }
        return sql.inSnapshot(statements -> explain(statements, text))
                .onFailure(PgException.class)
                .transform(failure ->
                        new Conflict("The server cannot explain statement " + id + ": " + failure.getErrorMessage()))
                .map(lines -> new StatementPlan(id, text, lines));
    }

    private static Uni<List<String>> explain(Statements statements, String text) {
        return statements
                .run("SET TRANSACTION READ ONLY")
                .chain(() -> statements.run(BOUND))
                .chain(() -> statements.run("SELECT explain_select($1)", text))
                .map(rows -> {
                    List<String> lines = new ArrayList<>(rows.size());
                    rows.forEach(row -> lines.add(row.getString(0)));
                    return lines;
                });
    }

    static boolean isPlainSelect(String text) {
        return PLAIN_SELECT.matcher(text).matches() && !CHANGES.matcher(text).find();
    }
}
