package dev.laurel.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

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

    /** One that may do anything. */
    public static OtherTransaction ofSuperuser() {
        try {
            return begun(EmbeddedStores.current().connectAsSuperuser(), Connection.TRANSACTION_READ_COMMITTED);
        } catch (SQLException e) {
            throw new AssertionError("No other transaction", e);
        }
    }

    private static OtherTransaction begun(int isolation) {
        try {
            return begun(EmbeddedStores.current().connect(), isolation);
        } catch (SQLException e) {
            throw new AssertionError("No other transaction", e);
        }
    }

    private static OtherTransaction begun(Connection connection, int isolation) {
        try {
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

    /** Runs a statement; answers how many rows it has changed. */
    public int change(String query) {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(query + " failed", e);
        }
    }

    /** The only value of the only row. */
    public long number(String query) {
        return Long.parseLong(texts(query).get(0));
    }

    /** The first column of every row. */
    public List<String> texts(String query) {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
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
