package dev.laurel.testing;

import dev.laurel.platform.embedded.EmbeddedStores;
import dev.laurel.platform.embedded.PostgresAddress;
import dev.laurel.platform.embedded.RedisAddress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The stores that run for the tests: where they are, and the ways to disturb them.
 *
 * <p>Known through system properties, since a test is loaded by another class loader than what started the stores.
 * Killed stores come back by themselves on the same port within about a second; paused ones hold their connections and
 * answer nothing until resumed.
 */
public final class RunningStores {
    private static final String PREFIX = "laurel.test.stores.";

    private final Path folder;

    private RunningStores(Path folder) {
        this.folder = folder;
    }

    static void publish(EmbeddedStores stores, String redisHosts) {
        PostgresAddress postgres = stores.postgres().orElseThrow();
        System.setProperty(PREFIX + "folder", stores.folder().toString());
        System.setProperty(PREFIX + "postgres", postgres.reactiveUrl());
        System.setProperty(PREFIX + "user", postgres.user().orElseThrow());
        System.setProperty(PREFIX + "password", postgres.password().orElseThrow());
        System.setProperty(PREFIX + "redis", redisHosts);
    }

    static RunningStores published() {
        return new RunningStores(Path.of(property("folder")));
    }

    public PostgresAddress postgres() {
        return new PostgresAddress(
                URI.create(property("postgres")), Optional.of(property("user")), Optional.of(property("password")));
    }

    public RedisAddress redis() {
        return new RedisAddress(property("redis"));
    }

    /** A connection of its own to the database of the service; the caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(postgres().jdbcUrl(), property("user"), property("password"));
    }

    /** The same for the one who has set up the server, and may do anything there. */
    public Connection connectAsSuperuser() throws SQLException {
        return DriverManager.getConnection(postgres().jdbcUrl(), "postgres", property("password"));
    }

    public void killPostgres() {
        postgresProcess().kill();
    }

    /** Pauses the server with all processes that serve its clients. */
    public void pausePostgres() {
        postgresProcess().pause();
    }

    public void resumePostgres() {
        postgresProcess().resume();
    }

    public void killRedis() {
        redisProcesses().forEach(StoreProcess::kill);
    }

    public void pauseRedis() {
        redisProcesses().forEach(StoreProcess::pause);
    }

    public void resumeRedis() {
        redisProcesses().forEach(StoreProcess::resume);
    }

    /** Ends what listens for messages of Redis, at all of its servers. */
    public void cutSubscriptions() {
        redisProcesses().forEach(process -> cutSubscriptions(process.pidFile().resolveSibling("redis.conf")));
    }

    private static void cutSubscriptions(Path settings) {
        try {
            Map<String, String> values = Files.readAllLines(settings).stream()
                    .map(line -> line.split(" ", 2))
                    .filter(line -> line.length == 2)
                    .collect(Collectors.toMap(line -> line[0], line -> line[1], (first, second) -> first));
            try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(values.get("port")))) {
                String commands = "AUTH " + values.get("requirepass") + "\r\nCLIENT KILL TYPE pubsub\r\nQUIT\r\n";
                socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
                String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                if (!answers.matches("\\+OK\r\n:\\d+\r\n\\+OK\r\n")) {
                    throw new IllegalStateException("Redis answers " + answers);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process id of PostgreSQL now; another one after it was killed and came back. */
    public long postgresPid() {
        return postgresProcess().pid();
    }

    /** The process id of Redis now; another one after it was killed and came back. */
    public long redisPid() {
        return redisProcesses().get(0).pid();
    }

    void resumeAll() {
        postgresProcess().resume();
        redisProcesses().forEach(StoreProcess::resume);
    }

    private StoreProcess postgresProcess() {
        return new StoreProcess(folder.resolve("postgres/postmaster.pid"));
    }

    /** One, or all of a cluster or behind sentinels that keep data. */
    private List<StoreProcess> redisProcesses() {
        Path one = folder.resolve("redis/redis.pid");
        if (Files.exists(one)) {
            return List.of(new StoreProcess(one));
        }
        try (Stream<Path> folders = Files.list(folder.resolve("redis"))) {
            return folders.filter(server -> server.getFileName().toString().startsWith("redis-"))
                    .sorted()
                    .map(server -> new StoreProcess(server.resolve("redis.pid")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String property(String name) {
        return Optional.ofNullable(System.getProperty(PREFIX + name))
                .orElseThrow(() -> new IllegalStateException("No stores run: is this a test with Quarkus?"));
    }
}
