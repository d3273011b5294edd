package dev.laurel.backup.table;

import dev.laurel.backup.file.Manifest.FeedPoint;
import dev.laurel.backup.file.Manifest.Schema;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Reads all tables as they were at one moment. The transaction writes nothing, so it holds back no follower. Its methods
 * block; rows are read from the connection no faster than they are taken.
 */
public final class TableReader implements AutoCloseable {
    /** One object a line: JSON has control characters only in escaped form, so these never occur in it. */
    private static final String COPY = """
            COPY (SELECT row_to_json(t) FROM %s t) TO STDOUT
            WITH (FORMAT csv, DELIMITER E'\\x02', QUOTE E'\\x01', ENCODING 'UTF8')""";

    private static final String SCHEMA =
            "SELECT max(version) FROM flyway_schema_history WHERE success AND version IS NOT NULL";

    private static final String MIGRATIONS = "SELECT count(version) FROM flyway_schema_history WHERE success";

    private static final String SEQUENCES = """
            SELECT sequencename::text, last_value FROM pg_sequences
            WHERE schemaname = current_schema() AND last_value IS NOT NULL""";

    private static final String PARTITIONS = """
            SELECT to_char(to_date(substring(c.relname from '\\d{6}$'), 'YYYYMM'), 'YYYY-MM-DD')
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'score_event'::regclass AND c.relname ~ '^score_event_\\d{6}$' ORDER BY 1""";

    private static final String ESTIMATE = """
            SELECT coalesce(sum(n_live_tup), 0)::bigint FROM pg_stat_user_tables WHERE schemaname = current_schema()""";

    private final Connection connection;

    /** Begins the snapshot. */
    public TableReader(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        Queries.run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        Queries.run(connection, "SET LOCAL idle_in_transaction_session_timeout = 0");
        Queries.run(connection, "SET LOCAL timezone = 'UTC'");
    }

    /** About how many rows there are. */
    public long estimatedRows() throws SQLException {
        return Queries.number(connection, ESTIMATE);
    }

    public Schema schema() throws SQLException {
        return schema(connection);
    }

    static Schema schema(Connection connection) throws SQLException {
        return new Schema(Queries.texts(connection, SCHEMA).get(0), Queries.number(connection, MIGRATIONS));
    }

    public FeedPoint feed() throws SQLException {
        return new FeedPoint(
                Queries.number(connection, "SELECT next_feed_tx()"),
                Queries.number(connection, "SELECT shift FROM feed_shift"));
    }

    /** Values beyond all that rows of the snapshot have: sequences belong to no snapshot. */
    public Map<String, Long> sequences() throws SQLException {
        return Queries.numbers(connection, SEQUENCES);
    }

    /** The months of the ledger that have a partition, by their first days. */
    public List<String> partitions() throws SQLException {
        return Queries.texts(connection, PARTITIONS);
    }

    /** Passes each row of a table on, as a line of JSON with its line feed. */
    public void read(TableSpec table, Lines lines) throws SQLException, IOException {
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY.formatted(table.name()));
        try {
            for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
                lines.accept(row);
            }
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    /** Ends the snapshot. */
    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }

    /** Takes lines. */
    @FunctionalInterface
    public interface Lines {
        void accept(byte[] line) throws IOException;
    }
}
