package dev.laurel.backup.table;

import dev.laurel.backup.file.Manifest;
import dev.laurel.backup.file.Manifest.FeedPoint;
import dev.laurel.backup.file.Manifest.Schema;
import dev.laurel.backup.table.TableSpec.Role;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Writes rows back into the tables of an empty service, in one transaction: until it is committed, readers find the service
 * empty, and writers wait. Its methods block.
 */
public final class TableWriter implements AutoCloseable {
    /** While it waits for a lock, everybody else who needs one waits after it. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);

    private static final int MAX_ROWS = 5_000;
    private static final int MAX_CHARS = 1 << 21;
    private static final String TENANT = "tenant";

    /** Rows beyond this number are not counted. */
    private static final int COUNTED = 1_000;

    private static final String COLUMNS = """
            SELECT quote_ident(attname) FROM pg_attribute
            WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum""";

    private static final String INSERT = """
            INSERT INTO %1$s (%2$s) OVERRIDING SYSTEM VALUE
            SELECT %2$s FROM json_populate_recordset(NULL::%1$s, ?::json)%3$s""";

    private static final String STALE = """
            INSERT INTO stale_window (board_id, period, window_key, marks, since)
            SELECT w.board_id, w.period, w.window_key, (extract(epoch FROM now()) * 1000000)::bigint, now()
            FROM board_window w JOIN board b ON b.id = w.board_id AND b.deleted_at IS NULL WHERE w.state <> 'CLOSED'""";

    private static final String LOG = """
            INSERT INTO admin_log (at, action, reason, author) VALUES (now(), 'RESTORE', ?, ?)""";

    private final Connection connection;

    /** Begins the transaction. */
    public TableWriter(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        Queries.run(connection, "SET LOCAL lock_timeout = " + LOCK_PATIENCE.toMillis());
        Queries.run(connection, "SET LOCAL idle_in_transaction_session_timeout = 0");
        Queries.run(connection, "SET LOCAL timezone = 'UTC'");
    }

    /** Keeps everybody else from writing. */
    public void lock() throws SQLException {
        Queries.run(
                connection,
                "LOCK TABLE " + String.join(", ", names(TableCatalog.inBackup())) + ", feed_shift, stale_window"
                        + " IN SHARE ROW EXCLUSIVE MODE");
    }

    private static List<String> names(List<TableSpec> tables) {
        return tables.stream().map(TableSpec::name).toList();
    }

    public Schema schema() throws SQLException {
        return TableReader.schema(connection);
    }

    /**
     * What stands in the way of a restore, in words; empty when the service is empty.
     *
     * @param defaultBoard the name of the board that every service has
     */
    public List<String> contents(String defaultBoard) throws SQLException {
        List<String> found = new ArrayList<>();
        long boards = Queries.number(
                connection,
                "SELECT count(*) FROM board WHERE deleted_at IS NULL AND (name <> ? OR tenant_id <> 1)",
                defaultBoard);
        if (boards > 0) {
            found.add(boards + " boards");
        }
        // Their numbers, and so what belongs to them, would be those of the backup's tenants.
        long tenants = Queries.number(connection, "SELECT count(*) FROM tenant WHERE id <> 1");
        if (tenants > 0) {
            found.add(tenants + " registered tenants");
        }
        for (TableSpec table : TableCatalog.inBackup()) {
            if (table.role() == Role.NEW) {
                long rows = Queries.number(
                        connection,
                        "SELECT count(*) FROM (SELECT FROM " + table.name() + " LIMIT " + (COUNTED + 1) + ") t");
                if (rows > 0) {
                    found.add((rows > COUNTED ? "more than " + COUNTED : rows) + " rows of " + table.name());
                }
            }
        }
        return found;
    }

    /** How many processes of the service run on this database. */
    public long processes() throws SQLException {
        return Queries.number(connection, "SELECT count(*) FROM replica WHERE seen_at > now() - interval '4 seconds'");
    }

    /** Makes room: removes what the service itself has written, prepares the ledger, and keeps triggers from firing. */
    public void prepare(Manifest manifest) throws SQLException {
        for (TableSpec table : TableCatalog.inBackup()) {
            if (!table.name().equals(TENANT)) {
                Queries.run(connection, "ALTER TABLE " + table.name() + " DISABLE TRIGGER USER");
            }
        }
        List<TableSpec> reversed = new ArrayList<>(TableCatalog.inBackup());
        Collections.reverse(reversed);
        for (TableSpec table : reversed) {
            if (table.role() == Role.OWN && !table.name().equals(TENANT)) {
                Queries.run(connection, "DELETE FROM " + table.name());
            }
        }
        Queries.run(connection, "DELETE FROM stale_window");
        Queries.run(connection, "DELETE FROM window_audit");
        for (String month : manifest.partitions()) {
            Queries.number(connection, "SELECT ensure_ledger_partitions(?, 0)", LocalDate.parse(month));
        }
    }

    /**
     * Writes rows.
     *
     * @param lines one a call, null at the end
     * @return how many there were
     */
    public long write(String table, Lines lines) throws SQLException, IOException {
        // Every service has the default one; a second one has its triggers told, as when it was created.
        boolean tenants = table.equals(TENANT);
        String columns = String.join(", ", Queries.texts(connection, COLUMNS, table));
        String insert = INSERT.formatted(table, columns, tenants ? " ON CONFLICT DO NOTHING" : "");
        long rows = 0;
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            StringBuilder batch = new StringBuilder("[");
            int gathered = 0;
            for (String line = lines.next(); line != null; line = lines.next()) {
                batch.append(gathered == 0 ? "" : ",").append(line);
                gathered++;
                rows++;
                if (gathered == MAX_ROWS || batch.length() >= MAX_CHARS) {
                    send(statement, batch);
                    gathered = 0;
                }
            }
            if (gathered > 0 && !(tenants && rows == 1)) {
                send(statement, batch);
            }
        }
        return rows;
    }

    private static void send(PreparedStatement statement, StringBuilder batch) throws SQLException {
        statement.setString(1, batch.append(']').toString());
        statement.executeUpdate();
        batch.setLength(1);
    }

    /** Makes everything that is not a row as it was, and has all windows loaded again into Redis. */
    public void finish(Manifest manifest) throws SQLException {
        FeedPoint feed = manifest.feed();
        for (TableSpec table : TableCatalog.inBackup()) {
            if (!table.name().equals(TENANT)) {
                Queries.run(connection, "ALTER TABLE " + table.name() + " ENABLE TRIGGER USER");
            }
        }
        for (Map.Entry<String, Long> sequence : manifest.sequences().entrySet()) {
            Queries.texts(
                    connection,
                    "SELECT setval(s.sequencename::regclass, greatest(s.last_value, ?))::text FROM pg_sequences s"
                            + " WHERE s.schemaname = current_schema() AND s.sequencename = ?",
                    sequence.getValue(),
                    sequence.getKey());
        }
        Queries.texts(connection, "SELECT resume_feed(?, ?)::text", feed.next(), feed.shift());
        Queries.run(
                connection,
                "UPDATE follower SET token = NULL, holder = NULL, leased_until = NULL WHERE token IS NOT NULL");
        Queries.run(connection, STALE);
    }

    /** Notes the restore in the log of administrators, and makes it visible. */
    public void commit(String reason, String author) throws SQLException {
        try (PreparedStatement log = connection.prepareStatement(LOG)) {
            log.setString(1, reason);
            log.setString(2, author);
            log.executeUpdate();
        }
        connection.commit();
    }

    /** After the commit: the planner knows nothing of what has arrived. */
    public void analyze() throws SQLException {
        connection.setAutoCommit(true);
        Queries.run(connection, "ANALYZE " + String.join(", ", names(TableCatalog.inBackup())));
    }

    /** Undoes what is not committed. */
    @Override
    public void close() throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /** Passes lines on, one a call, null at the end. */
    @FunctionalInterface
    public interface Lines {
        String next() throws IOException;
    }
}
