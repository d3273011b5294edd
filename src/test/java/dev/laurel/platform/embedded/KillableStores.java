package dev.laurel.platform.embedded;

import dev.laurel.platform.embedded.program.DataFolder;
import dev.laurel.platform.embedded.program.Launcher;
import dev.laurel.platform.embedded.program.Logs;
import dev.laurel.platform.embedded.program.Orphans;
import dev.laurel.platform.embedded.program.Platform;
import dev.laurel.platform.embedded.program.Ports;
import dev.laurel.platform.embedded.program.PostgresCluster;
import dev.laurel.platform.embedded.program.PostgresProgram;
import dev.laurel.platform.embedded.program.ProgramCache;
import dev.laurel.platform.embedded.program.RedisProgram;
import dev.laurel.platform.embedded.program.RedisServer;
import dev.laurel.platform.embedded.program.Settings;
import dev.laurel.platform.embedded.program.StoreProgram;
import dev.laurel.platform.embedded.program.Waiting;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The programs of the embedded stores with nobody who starts them again: a test that kills one decides when, and with
 * which data, it comes back. Both keep their ports.
 */
public final class KillableStores implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final DataFolder data;
    private final Launcher launcher;
    private final PostgresProgram postgresProgram;
    private final RedisProgram redisProgram;
    private final Path redisServer;
    private final int postgresPort = Ports.free();
    private final int redisPort = Ports.free();
    private Process postgres;
    private Process redis;

    private KillableStores(Path folder) throws IOException {
        launcher = Launcher.detect();
        ProgramCache programs = ProgramCache.open(launcher.account(), Settings.ofThisProcess());
        Platform platform = Platform.current();
        data = DataFolder.open(folder, launcher.account());
        redisServer =
                RedisServer.choose(Settings.ofThisProcess(), programs, platform).program();
        postgresProgram = new PostgresProgram(programs.postgres(platform), data, launcher);
        redisProgram = new RedisProgram(redisServer, data, launcher);
    }

    /** Starts both with their data in a folder and returns when they serve. */
    public static KillableStores start(Path folder) throws IOException {
        KillableStores stores = new KillableStores(folder.toAbsolutePath());
        stores.postgresProgram.prepare();
        stores.redisProgram.prepare();
        stores.startPostgres();
        stores.startRedis();
        return stores;
    }

    /** The folder that holds {@code postgres/postmaster.pid}, {@code redis/redis.pid} and {@code redis/dump.rdb}. */
    public Path folder() {
        return data.path();
    }

    public PostgresAddress postgres() throws IOException {
        URI location = URI.create("postgresql://127.0.0.1:" + postgresPort + "/" + PostgresCluster.DATABASE);
        return new PostgresAddress(location, Optional.of(PostgresCluster.USER), Optional.of(data.secret()));
    }

    public RedisAddress redis() throws IOException {
        return new RedisAddress("redis://:" + data.secret() + "@127.0.0.1:" + redisPort);
    }

    /** The addresses as a person tells them to the service. */
    public Map<String, String> environment() throws IOException {
        PostgresAddress address = postgres();
        return Map.of(
                "LAUREL_POSTGRES_URL", address.reactiveUrl(),
                "LAUREL_POSTGRES_USER", address.user().orElseThrow(),
                "LAUREL_POSTGRES_PASSWORD", address.password().orElseThrow(),
                "LAUREL_REDIS_URL", redis().hosts());
    }

    /** Starts a PostgreSQL that is not running, with the settings it always has, and returns when it serves. */
    public void startPostgres() throws IOException {
        postgres = started(postgresProgram, () -> postgresProgram.launch(postgresPort), postgresPort);
    }

    /**
     * Starts a Redis that is not running and returns when it serves. Unlike the embedded one it keeps no journal: it
     * begins with what is in {@code dump.rdb}, or with nothing.
     */
    public void startRedis() throws IOException {
        redis = started(redisProgram, this::launchRedis, redisPort);
    }

    private Process launchRedis() throws IOException {
        String settings = String.join(
                "\n",
                "bind 127.0.0.1",
                "port " + redisPort,
                "requirepass " + data.secret(),
                "dir ./",
                "dbfilename dump.rdb",
                "pidfile redis.pid",
                "set-proc-title no",
                "appendonly no",
                "save \"\"",
                "maxmemory-policy noeviction",
                "");
        Path file = data.privateFile("redis/redis.conf", settings);
        List<String> command = List.of(redisServer.toString(), file.toString());
        return launcher.server(command, redisProgram.folder(), redisProgram.log());
    }

    /** The dying helpers of a killed PostgreSQL may keep the next one from starting for a moment. */
    private static Process started(StoreProgram program, Launch launch, int port) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            Process process = launch.process();
            if (Waiting.until(PATIENCE, () -> !process.isAlive() || serves(process, program, port))
                    && process.isAlive()) {
                return process;
            }
        }
        throw new IOException(program.name() + " does not start: " + Logs.tail(program.log()));
    }

    /** The pid file of a killed one still says that it serves. */
    private static boolean serves(Process process, StoreProgram program, int port) {
        return Orphans.pid(program.pidFile())
                        .filter(pid -> pid == process.pid())
                        .isPresent()
                && program.ready(port);
    }

    /** Stops both properly. */
    @Override
    public void close() throws IOException {
        try {
            for (Process process : new Process[] {postgres, redis}) {
                if (process != null && process.isAlive()) {
                    (process == postgres ? postgresProgram : redisProgram).askToStop(process.toHandle());
                    process.waitFor();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            data.close();
        }
    }

    @FunctionalInterface
    private interface Launch {
        Process process() throws IOException;
    }
}
