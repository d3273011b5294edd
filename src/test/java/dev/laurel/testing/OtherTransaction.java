package dev.laurel.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A transaction of another process, which a test holds open; closed without a commit, it is rolled back. */
public final class OtherTransaction implements AutoCloseable {
    private final Connection connection;

    private OtherTransaction(Connection connection) {
        this.connection = connection;
    }

    public static OtherTransaction begun() {
        return begun(Connection.TRANSACTION_READ_COMMITTED);
    }

    /** One that sees one moment. */
    public static OtherTransaction ofOneMoment() {
        return begun(Connection.TRANSACTION_REPEATABLE_READ);
    }

    private static OtherTransaction begun(int isolation) {
        try {
            Connection connection = EmbeddedStores.current().connect();
            connection.setTransactionIsolation(isolation);
            connection.setAutoCommit(false);
            return new OtherTransaction(connection);
        } catch (SQLException e) {
            throw new AssertionError("No other transaction", e);
        }
    }

    /** Runs a statement. */
    public OtherTransaction run(String query, Object... arguments) {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            statement.execute();
            return this;
        } catch (SQLException e) {
            throw new AssertionError(query + " failed", e);
        }
    }

    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new AssertionError("No commit", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.rollback();
            connection.close();
        } catch (SQLException e) {
            throw new AssertionError("No end", e);
        }
    }
}
