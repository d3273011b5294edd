package dev.laurel.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * A session of PostgreSQL of its own, which bypasses a pooler and holds a lock: one backup is made or restored at a time, over
 * all processes. Its methods block.
 */
final class BackupSession implements AutoCloseable {
    /** The same in every process. */
    private static final long LOCK = 0x4C61_7572_656C_4275L;

    private final Connection connection;

    private BackupSession(Connection connection) {
        this.connection = connection;
    }

    /** Opens one; null when another one, of whatever process, is open. */
    static BackupSession open(DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        try {
            connection.setAutoCommit(true);
            try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
                lock.setLong(1, LOCK);
                try (ResultSet locked = lock.executeQuery()) {
                    if (locked.next() && locked.getBoolean(1)) {
                        return new BackupSession(connection);
                    }
                }
            }
            connection.close();
            return null;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** Leaves the connection as it was found; one that is broken leaves the pool. */
    @Override
    public void close() {
        try (Connection closing = connection;
                Statement statement = closing.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
        } catch (SQLException e) {
            // The server releases the lock with the session.
            return;
        }
    }
}
