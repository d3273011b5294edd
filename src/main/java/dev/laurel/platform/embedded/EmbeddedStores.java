package dev.laurel.platform.embedded;

import dev.laurel.platform.embedded.program.DataFolder;
import dev.laurel.platform.embedded.program.Launcher;
import dev.laurel.platform.embedded.program.Platform;
import dev.laurel.platform.embedded.program.PostgresCluster;
import dev.laurel.platform.embedded.program.PostgresProgram;
import dev.laurel.platform.embedded.program.ProgramCache;
import dev.laurel.platform.embedded.program.RedisProgram;
import dev.laurel.platform.embedded.program.RedisServer;
import dev.laurel.platform.embedded.program.Settings;
import dev.laurel.platform.embedded.program.StoreProgram;
import dev.laurel.platform.embedded.program.StoresUnavailableException;
import dev.laurel.platform.embedded.program.Supervisor;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A PostgreSQL and a Redis of our own, run as child processes with their data in one folder. */
public final class EmbeddedStores implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(EmbeddedStores.class);

    private final Path wantedFolder;
    private final Set<Store> stores;
    private final Map<Store, Supervisor> supervisors = new EnumMap<>(Store.class);
    private DataFolder data;
    private String secret;

    /**
     * Plans the stores without starting anything.
     *
     * @param wantedFolder where the data is kept; while another run uses it, a sibling folder is taken
     * @param stores the stores that are needed
     */
    public EmbeddedStores(Path wantedFolder, Set<Store> stores) {
        this.wantedFolder = wantedFolder.toAbsolutePath().normalize();
        this.stores = Set.copyOf(stores);
    }

    /**
     * Starts the stores and returns when they are ready.
     *
     * @throws StoresUnavailableException if one of them cannot be started; none is left running then
     */
    public synchronized EmbeddedStores start() {
        try {
            Launcher launcher = Launcher.detect();
            Settings settings = Settings.ofThisProcess();
            ProgramCache programs = ProgramCache.open(launcher.account(), settings);
            data = DataFolder.open(wantedFolder, launcher.account());
            secret = data.secret();
            if (stores.contains(Store.POSTGRES)) {
                start(Store.POSTGRES, new PostgresProgram(programs.postgres(Platform.current()), data, launcher));
            }
            if (stores.contains(Store.REDIS)) {
                RedisServer server = RedisServer.choose(settings, programs, Platform.current());
                start(Store.REDIS, new RedisProgram(server.program(), data, launcher));
                LOG.infof("Redis is %s", server.reason());
            }
            announce();
            return this;
        } catch (IOException e) {
            close();
            throw new StoresUnavailableException(
                    e,
                    "The embedded stores cannot be started: " + e.getMessage(),
                    "Their data and logs are in " + (data == null ? wantedFolder : data.path()) + ".",
                    "Or set LAUREL_POSTGRES_URL and LAUREL_REDIS_URL to servers of your own.");
        }
    }

    /** The folder that actually holds the data. */
    public Path folder() {
        return data.path();
    }

    /** The address of PostgreSQL; empty if it was not requested. */
    public Optional<PostgresAddress> postgres() {
        return Optional.ofNullable(supervisors.get(Store.POSTGRES)).map(this::postgresAddress);
    }

    /** The address of Redis; empty if it was not requested. */
    public Optional<RedisAddress> redis() {
        return Optional.ofNullable(supervisors.get(Store.REDIS))
                .map(supervisor -> new RedisAddress("redis://:" + secret + "@127.0.0.1:" + supervisor.port()));
    }

    /** The addresses as properties of the framework. */
    public Map<String, String> properties() {
        return addresses().asProperties();
    }

    /** The process id of a store, which changes when the store dies and is restarted. */
    public long pid(Store store) {
        return supervisors.get(store).pid();
    }

    StoreAddresses addresses() {
        return StoreAddresses.of(postgres(), redis());
    }

    /** Stops the stores in an orderly way, and releases the folder. */
    @Override
    public synchronized void close() {
        supervisors.values().forEach(Supervisor::askToStop);
        try {
            for (Supervisor supervisor : supervisors.values()) {
                supervisor.awaitStop();
            }
            if (data != null) {
                data.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debugf(e, "The lock on %s was not released", data.path());
        }
    }

    private void start(Store store, StoreProgram program) throws IOException {
        Supervisor supervisor = new Supervisor(program);
        supervisors.put(store, supervisor);
        supervisor.start();
    }

    private PostgresAddress postgresAddress(Supervisor supervisor) {
        URI location = URI.create("postgresql://127.0.0.1:" + supervisor.port() + "/" + PostgresCluster.DATABASE);
        return new PostgresAddress(location, Optional.of(PostgresCluster.USER), Optional.of(secret));
    }

    private void announce() {
        String running = supervisors.values().stream()
                .map(supervisor -> supervisor.name() + " on port " + supervisor.port())
                .collect(Collectors.joining(" and "));
        LOG.infof(
                "Started %s for this service; set LAUREL_POSTGRES_URL and LAUREL_REDIS_URL to use other servers",
                running);
        LOG.infof("Data and logs of these stores are kept in %s", data.path());
    }
}
