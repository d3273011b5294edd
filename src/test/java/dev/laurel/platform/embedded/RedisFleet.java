package dev.laurel.platform.embedded;

import static org.awaitility.Awaitility.await;

import dev.laurel.platform.embedded.program.Launcher;
import dev.laurel.platform.embedded.program.Platform;
import dev.laurel.platform.embedded.program.Ports;
import dev.laurel.platform.embedded.program.ProgramCache;
import dev.laurel.platform.embedded.program.RedisServer;
import dev.laurel.platform.embedded.program.Settings;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Several processes of Redis that belong together: a cluster of three masters with a replica each, or one master with two
 * replicas and three sentinels. Each has a folder of its own with a pid file, as {@code redis-0/redis.pid}; those of sentinels
 * are called {@code sentinel-3}.
 */
public final class RedisFleet implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SLOTS = 16_384;
    private static final int MASTERS = 3;
    private static final int SENTINELS = 3;
    private static final String MASTER_NAME = "laurel";

    /** How they belong together. */
    public enum Kind {
        CLUSTER,
        SENTINEL
    }

    private final Kind kind;
    private final Path folder;
    private final int silenceMillis;
    private final FleetServer.Fleet common;
    private final Vertx vertx = Vertx.vertx();
    private final List<FleetServer> servers = new ArrayList<>();
    private final List<FleetServer> sentinels = new ArrayList<>();

    private RedisFleet(Kind kind, Path folder, int silenceMillis) throws IOException {
        this.kind = kind;
        this.folder = folder;
        this.silenceMillis = silenceMillis;
        Launcher launcher = Launcher.detect();
        Settings settings = Settings.ofThisProcess();
        RedisServer server =
                RedisServer.choose(settings, ProgramCache.open(launcher.account(), settings), Platform.current());
        common = new FleetServer.Fleet(server.program(), launcher, "secret-of-the-fleet");
    }

    /**
     * Starts all and returns when they agree.
     *
     * @param folder is made where it is not there
     * @param silenceMillis after which another takes the place of a server
     */
    public static RedisFleet start(Kind kind, Path folder, int silenceMillis) throws IOException {
        Path made = Files.createDirectories(folder).toRealPath();
        RedisFleet fleet = new RedisFleet(kind, made, silenceMillis);
        try {
            if (kind == Kind.CLUSTER) {
                fleet.startCluster();
            } else {
                fleet.startWatched();
            }
            fleet.awaitSettled();
            return fleet;
        } catch (IOException | RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    /** What tells the service where they are and what they are, by the names of the framework's settings. */
    public Map<String, String> properties() {
        List<FleetServer> named = kind == Kind.CLUSTER ? servers : sentinels;
        return Map.of(
                "quarkus.redis.client-type",
                kind.name().toLowerCase(Locale.ROOT),
                "quarkus.redis.master-name",
                MASTER_NAME,
                "quarkus.redis.password",
                common.secret(),
                StoreAddresses.REDIS_HOSTS,
                named.stream().map(one -> "redis://127.0.0.1:" + one.port()).collect(Collectors.joining(",")));
    }

    /** The address of one of those that keep data, with its password. */
    public String address(int port) {
        return "redis://:" + common.secret() + "@127.0.0.1:" + port;
    }

    /**
     * The port of the master of a slot, as the others of its kind see it.
     *
     * @throws IllegalStateException while nobody tells
     */
    public int masterOf(int slot) {
        return kind == Kind.CLUSTER ? ownerOf(slot) : watchedMaster();
    }

    private int ownerOf(int slot) {
        Response ranges = servers.stream()
                .filter(FleetServer::answers)
                .flatMap(server -> slotsAsSeenBy(server.talk()).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The cluster does not serve"));
        for (Response range : ranges) {
            if (range.get(0).toInteger() <= slot && slot <= range.get(1).toInteger()) {
                return range.get(2).get(1).toInteger();
            }
        }
        throw new IllegalStateException("Nobody has slot " + slot);
    }

    /** Empty if it does not serve. */
    private static Optional<Response> slotsAsSeenBy(RedisTalk server) {
        try {
            return server.ask(Command.CLUSTER, "INFO").toString().contains("cluster_state:ok")
                    ? Optional.of(server.ask(Command.CLUSTER, "SLOTS"))
                    : Optional.empty();
        } catch (IllegalStateException unanswered) {
            return Optional.empty();
        }
    }

    private int watchedMaster() {
        return sentinels
                .get(0)
                .talk()
                .ask(Command.SENTINEL, "GET-MASTER-ADDR-BY-NAME", MASTER_NAME)
                .get(1)
                .toInteger();
    }

    private void startCluster() throws IOException {
        for (int i = 0; i < 2 * MASTERS; i++) {
            servers.add(started(
                    i,
                    "cluster-enabled yes",
                    "cluster-port " + Ports.free(),
                    "cluster-node-timeout " + silenceMillis,
                    // Laurel believes nothing a former master had, so a replica may be as far behind as it will.
                    "cluster-replica-validity-factor 0"));
        }
        RedisTalk first = servers.get(0).talk();
        for (FleetServer other : servers) {
            String bus = line(other, "cluster-port");
            first.ask(Command.CLUSTER, "MEET", "127.0.0.1", Integer.toString(other.port()), bus);
        }
        for (int i = 0; i < MASTERS; i++) {
            String from = Integer.toString(SLOTS * i / MASTERS);
            String to = Integer.toString(SLOTS * (i + 1) / MASTERS - 1);
            servers.get(i).talk().ask(Command.CLUSTER, "ADDSLOTSRANGE", from, to);
        }
        for (int i = MASTERS; i < servers.size(); i++) {
            String master =
                    servers.get(i - MASTERS).talk().ask(Command.CLUSTER, "MYID").toString();
            RedisTalk replica = servers.get(i).talk();
            // Until it has heard of that master it refuses.
            await().atMost(PATIENCE).ignoreExceptions().until(() -> "OK"
                    .equals(replica.ask(Command.CLUSTER, "REPLICATE", master).toString()));
        }
    }

    private String line(FleetServer server, String setting) {
        return server.talk().ask(Command.CONFIG, "GET", setting).get(setting).toString();
    }

    private void startWatched() throws IOException {
        servers.add(started(0));
        int master = servers.get(0).port();
        for (int i = 1; i < MASTERS; i++) {
            servers.add(started(i, "replicaof 127.0.0.1 " + master));
        }
        for (int i = MASTERS; i < MASTERS + SENTINELS; i++) {
            sentinels.add(started(
                    i,
                    "sentinel monitor " + MASTER_NAME + " 127.0.0.1 " + master + " 2",
                    "sentinel auth-pass " + MASTER_NAME + " " + common.secret(),
                    "sentinel down-after-milliseconds " + MASTER_NAME + " " + silenceMillis,
                    "sentinel failover-timeout " + MASTER_NAME + " " + 4 * silenceMillis));
        }
    }

    /** Waits until every master has its replicas, and all who decide know of each other. */
    public void awaitSettled() {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> kind == Kind.CLUSTER ? clusterIsWhole() : allWatched());
    }

    /** All servers see all slots served, and a replica beside each master. */
    private boolean clusterIsWhole() {
        return servers.stream().map(FleetServer::talk).allMatch(talk -> {
            Response ranges = talk.ask(Command.CLUSTER, "SLOTS");
            boolean replicated = ranges.stream().allMatch(range -> range.size() == 4);
            String info = talk.ask(Command.CLUSTER, "INFO").toString();
            return replicated && info.contains("cluster_state:ok") && info.contains("cluster_slots_ok:" + SLOTS);
        });
    }

    private boolean allWatched() {
        return sentinels.stream().map(FleetServer::talk).allMatch(talk -> {
            Response master = talk.ask(Command.SENTINEL, "MASTER", MASTER_NAME);
            return master.get("flags").toString().equals("master")
                    && master.get("num-slaves").toInteger() == MASTERS - 1
                    && master.get("num-other-sentinels").toInteger() == SENTINELS - 1;
        });
    }

    private FleetServer started(int number, String... settings) throws IOException {
        boolean watches = Stream.of(settings).anyMatch(line -> line.startsWith("sentinel"));
        Path own = Files.createDirectories(folder.resolve((watches ? "sentinel-" : "redis-") + number));
        FleetServer server = new FleetServer(vertx, common, own, Ports.free(), List.of(settings));
        server.start();
        return server;
    }

    /** Whoever dies from now on is started again at once, on its port and with nothing. */
    public void keepAlive() {
        all().forEach(FleetServer::keepAlive);
    }

    /** Empties all masters. */
    public void flush() {
        servers.stream()
                .map(FleetServer::talk)
                .filter(talk -> talk.ask(Command.ROLE).get(0).toString().equals("master"))
                .forEach(talk -> talk.ask(Command.FLUSHALL));
    }

    /** As a failing machine does. */
    public void kill(int port) {
        server(port).kill();
    }

    /** It holds its connections and answers nothing until it is resumed. */
    public void pause(int port) {
        server(port).pause();
    }

    public void resume(int port) {
        server(port).resume();
    }

    /** Starts one again that was killed, with nothing; returns when it answers. */
    public void start(int port) {
        try {
            server(port).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FleetServer server(int port) {
        return servers.stream().filter(one -> one.port() == port).findFirst().orElseThrow();
    }

    private Stream<FleetServer> all() {
        return Stream.concat(servers.stream(), sentinels.stream());
    }

    @Override
    public void close() {
        all().forEach(FleetServer::close);
        vertx.close();
    }
}
