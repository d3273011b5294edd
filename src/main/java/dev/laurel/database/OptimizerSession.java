package dev.laurel.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A session of PostgreSQL of its own, which bypasses a pooler: what improves a database runs in no transaction, may take long,
 * and needs a lock that outlives statements. Its methods block.
 */
final class OptimizerSession implements AutoCloseable {
    /** The same in every process. */
    private static final long LOCK = 0x4C61_7572_656C_4F70L;

    /** While it waits for a lock on a table, everybody else who needs one waits behind it. */
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(5);

    private final Connection connection;
    private volatile Statement running;
    private volatile boolean cancelled;

    private OptimizerSession(Connection connection) {
        this.connection = connection;
    }

    /** Opens one; null when another one, of whatever process, is open. */
    static OptimizerSession open(DataSource database) throws SQLException {
        Connection connection = database.getConnection();
        OptimizerSession session = new OptimizerSession(connection);
        try {
            connection.setAutoCommit(true);
            if (session.isTrue("SELECT pg_try_advisory_lock(" + LOCK + ")", null)) {
                session.execute("SET lock_timeout = " + LOCK_PATIENCE.toMillis(), LOCK_PATIENCE);
                return session;
            }
            connection.close();
            return null;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Runs a statement.
     *
     * @param bound after which PostgreSQL gives it up
     */
    void execute(String sql, Duration bound) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = " + Math.max(1, bound.toMillis()));
            running = statement;
            if (cancelled) {
                throw new SQLException("The service is shutting down");
            }
            statement.execute(sql);
        } finally {
            running = null;
        }
    }

    /** Whether an index is there and can be used. */
    boolean isValid(String index) throws SQLException {
        return isTrue(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(?)", OptimizationPlan.quoted(index));
    }

    private boolean isTrue(String query, String argument) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            if (argument != null) {
                statement.setString(1, argument);
            }
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /** Whether the server still answers. */
    boolean isAlive() {
        try {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends the present statement, and refuses further ones. From any thread. */
    void cancel() {
        cancelled = true;
        Statement present = running;
        if (present != null) {
            try {
                present.cancel();
            } catch (SQLException e) {
                // It ends by itself, or with its connection.
                return;
            }
        }
    }

    /** Leaves the connection as it was found; one that is broken leaves the pool. */
    @Override
    public void close() {
        try (Connection closing = connection;
                Statement statement = closing.createStatement()) {
            statement.execute("RESET statement_timeout");
            statement.execute("RESET lock_timeout");
            statement.execute("SELECT pg_advisory_unlock(" + LOCK + ")");
        } catch (SQLException e) {
            // The server releases the lock with the session.
            return;
        }
    }
}
