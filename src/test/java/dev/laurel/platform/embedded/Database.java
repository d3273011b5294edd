package dev.laurel.platform.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One row and one key in the stores of a test: enough to see whether data survived. */
public record Database(PostgresAddress postgres, RedisAddress redis) {
    private static final int TIMEOUT_MILLIS = 5_000;

    public static Database of(EmbeddedStores stores) {
        return new Database(stores.postgres().orElseThrow(), stores.redis().orElseThrow());
    }

    public void write(String value) throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table kept (value text)");
            statement.execute("insert into kept values ('" + value + "')");
        }
        redis("SET kept " + value);
    }

    String row() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select value from kept")) {
            rows.next();
            return rows.getString(1);
        }
    }

    String setting(String name) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show " + name)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Sends one command and returns all that is answered to it. */
    String redis(String command) throws IOException {
        String secret = URI.create(redis.hosts()).getUserInfo().substring(1);
        try (Socket socket = new Socket(redis.host(), redis.port())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            String request = "AUTH " + secret + "\r\n" + command + "\r\nQUIT\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answers = socket.getInputStream();
            String all = new String(answers.readAllBytes(), StandardCharsets.US_ASCII);
            return all.substring(all.indexOf("\r\n") + 2);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(),
                postgres.user().orElseThrow(),
                postgres.password().orElseThrow());
    }
}
