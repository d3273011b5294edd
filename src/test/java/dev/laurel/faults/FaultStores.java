package dev.laurel.faults;

import static org.awaitility.Awaitility.await;

import dev.laurel.platform.embedded.KillableStores;
import dev.laurel.platform.embedded.PostgresAddress;
import dev.laurel.platform.embedded.RedisFleet;
import dev.laurel.testing.StoreProcess;
import dev.laurel.testing.TestFolders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The two stores, and the ways to harm them. Nobody but the harness starts them again. */
final class FaultStores implements AutoCloseable {
    private static final Duration GONE = Duration.ofSeconds(20);

    private final KillableStores programs;
    private final StoreProcess postgres;
    private final StoreProcess redis;
    private final Path dump;
    private final Path snapshot;
    private final RedisProbe probe;
    private final RedisFleet fleet;

    /**
     * @param fleet in place of the one Redis; may be null
     */
    private FaultStores(KillableStores programs, RedisFleet fleet) throws IOException {
        this.programs = programs;
        this.fleet = fleet;
        postgres = new StoreProcess(programs.folder().resolve("postgres/postmaster.pid"));
        redis = new StoreProcess(programs.folder().resolve("redis/redis.pid"));
        dump = programs.folder().resolve("redis/dump.rdb");
        snapshot = programs.folder().resolve("redis/earlier.rdb");
        probe = fleet == null ? RedisProbe.of(programs.redis().hosts()) : RedisProbe.of(fleet);
    }

    /** Starts them with nothing in them, in a folder of this name. */
    static FaultStores start(String folder) throws IOException {
        return new FaultStores(KillableStores.start(TestFolders.fresh(Path.of("target", folder))), null);
    }

    /**
     * With several servers of Redis instead of one.
     *
     * @param silenceMillis after which another takes the place of a server
     */
    static FaultStores start(RedisFleet.Kind kind, int silenceMillis) throws IOException {
        Path folder = TestFolders.fresh(
                Path.of("target", "fault-stores-" + kind.name().toLowerCase(Locale.ROOT)));
        KillableStores programs = KillableStores.start(folder);
        return new FaultStores(
                programs, RedisFleet.start(kind, programs.folder().resolve("fleet"), silenceMillis));
    }

    /** The addresses as the service takes them from its environment. */
    Map<String, String> environment() throws IOException {
        PostgresAddress address = programs.postgres();
        Map<String, String> told = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", address.reactiveUrl(),
                "QUARKUS_DATASOURCE_JDBC_URL", address.jdbcUrl(),
                "QUARKUS_DATASOURCE_USERNAME", address.user().orElseThrow(),
                "QUARKUS_DATASOURCE_PASSWORD", address.password().orElseThrow(),
                "QUARKUS_REDIS_HOSTS", redisHosts()));
        if (fleet != null) {
            fleet.properties()
                    .forEach((name, value) ->
                            told.put(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), value));
        }
        return told;
    }

    /** PostgreSQL as it is reached past everything. */
    PostgresAddress postgres() throws IOException {
        return programs.postgres();
    }

    String redisHosts() throws IOException {
        return programs.redis().hosts();
    }

    int redisPort() throws IOException {
        return programs.redis().port();
    }

    /** A connection past the service; the caller closes it. */
    Connection connect() throws SQLException, IOException {
        PostgresAddress address = programs.postgres();
        return DriverManager.getConnection(
                address.jdbcUrl(),
                address.user().orElseThrow(),
                address.password().orElseThrow());
    }

    /** Redis past the service. */
    RedisProbe redis() {
        return probe;
    }

    /** The servers that stand in place of the one. */
    RedisFleet fleet() {
        return fleet;
    }

    void killPostgres() {
        ProcessHandle process = postgres.find().orElseThrow();
        postgres.killAll();
        awaitEnd(process);
    }

    void startPostgres() throws IOException {
        programs.startPostgres();
    }

    /** As somebody does who mistakes it for another one. */
    void flushRedis() {
        if (fleet == null) {
            probe.send("FLUSHALL");
        } else {
            fleet.flush();
        }
    }

    void killRedis() {
        ProcessHandle process = redis.find().orElseThrow();
        redis.killAll();
        awaitEnd(process);
    }

    void startRedisEmpty() throws IOException {
        Files.deleteIfExists(dump);
        programs.startRedis();
    }

    /** Keeps what Redis has now, for {@link #startRedisFromSnapshot()}. */
    void takeSnapshot() throws IOException {
        probe.send("SAVE");
        Files.copy(dump, snapshot, StandardCopyOption.REPLACE_EXISTING);
    }

    void startRedisFromSnapshot() throws IOException {
        Files.copy(snapshot, dump, StandardCopyOption.REPLACE_EXISTING);
        programs.startRedis();
    }

    void pauseRedis() {
        redis.pause();
    }

    void resumeRedis() {
        redis.resume();
    }

    /** Memory of the Redis process in megabytes. */
    long redisMegabytes() {
        return Memory.residentMegabytes(redis.pid());
    }

    private static void awaitEnd(ProcessHandle process) {
        await().atMost(GONE).pollInterval(Duration.ofMillis(5)).until(() -> !process.isAlive());
    }

    @Override
    public void close() throws IOException {
        redis.resume();
        probe.close();
        if (fleet != null) {
            fleet.close();
        }
        programs.close();
    }
}
