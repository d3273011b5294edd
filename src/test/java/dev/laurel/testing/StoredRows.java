package dev.laurel.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What stands in the tables of the service, read past the service. */
public final class StoredRows {

    private StoredRows() {}

    /** The first column of every row. */
    public static List<Object> column(String select, Object... arguments) {
        try (Connection connection = EmbeddedStores.current().connect();
                PreparedStatement statement = connection.prepareStatement(select)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<Object> column = new ArrayList<>();
                while (rows.next()) {
                    column.add(rows.getObject(1));
                }
                return column;
            }
        } catch (SQLException e) {
            throw new AssertionError(select + " failed", e);
        }
    }

    /** Changes rows past the service, as nothing but a fault would; answers how many. */
    public static int change(String statement, Object... arguments) {
        try (Connection connection = EmbeddedStores.current().connect();
                PreparedStatement change = connection.prepareStatement(statement)) {
            for (int i = 0; i < arguments.length; i++) {
                change.setObject(i + 1, arguments[i]);
            }
            return change.executeUpdate();
        } catch (SQLException e) {
            throw new AssertionError(statement + " failed", e);
        }
    }

    /** The only value of the only row. */
    public static long number(String select, Object... arguments) {
        return ((Number) column(select, arguments).get(0)).longValue();
    }
}
