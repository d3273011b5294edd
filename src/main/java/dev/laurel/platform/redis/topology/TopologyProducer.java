package dev.laurel.platform.redis.topology;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Selects the topology by the framework's settings: one server, a cluster, or sentinels. */
@ApplicationScoped
class TopologyProducer {
    private static final int REDIS_PORT = 6379;
    private static final int SENTINEL_PORT = 26379;

    /** One held connection for each event loop, and room for replacements of silent ones until those are closed. */
    private static final int CONNECTIONS = 32;

    private static final int MAX_WAITING = 16_384;

    private final Vertx vertx;
    private final Optional<String> password;
    private final List<URI> seeds;

    TopologyProducer(
            Vertx vertx,
            @ConfigProperty(name = "quarkus.redis.hosts") Optional<List<String>> hosts,
            @ConfigProperty(name = "quarkus.redis.password") Optional<String> password) {
        this.vertx = vertx;
        this.password = password;
        this.seeds = hosts.stream()
                .flatMap(List::stream)
                .map(text -> URI.create(text.strip()))
                .toList();
    }

    @Produces
    @Singleton
    Topology topology(
            Instance<Redis> only,
            @ConfigProperty(name = "quarkus.redis.client-type", defaultValue = "standalone") String type,
            @ConfigProperty(name = "quarkus.redis.master-name", defaultValue = "mymaster") String master) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "standalone" -> new OneServer(only.get());
            case "cluster" -> watched(new ClusterDirectory(), REDIS_PORT);
            case "sentinel" -> watched(new SentinelDirectory(master), SENTINEL_PORT);
            default ->
                throw new IllegalArgumentException(
                        "quarkus.redis.client-type is " + type + "; Laurel knows standalone, cluster and sentinel");
        };
    }

    private Topology watched(Directory directory, int usualPort) {
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("quarkus.redis.hosts names no server");
        }
        List<RedisNode> named =
                seeds.stream().map(seed -> node(seed, usualPort)).toList();
        return new WatchedTopology(vertx, directory, named, node -> {
            URI way = seeds.get(Math.max(0, named.indexOf(node)));
            boolean keepsData = directory.mastersKnow() || !named.contains(node);
            return Redis.createClient(vertx, keepsData ? toData(node, way) : options(node, way, userInfo(way), ""));
        });
    }

    private static RedisNode node(URI seed, int usualPort) {
        if (seed.getHost() == null) {
            throw new IllegalArgumentException("quarkus.redis.hosts names a server without a readable host");
        }
        String host = seed.getHost().replaceAll("[\\[\\]]", "");
        return new RedisNode(host, seed.getPort() < 0 ? usualPort : seed.getPort());
    }

    /**
     * A server that is not named in the configuration is reached in the same way as the first one that is. The password
     * in the settings takes precedence over that in the address; sentinels have theirs in their addresses, if any.
     */
    private RedisOptions toData(RedisNode node, URI way) {
        String user = userInfo(way).split(":", 2)[0];
        String credentials = password.filter(secret -> !user.isEmpty())
                .map(secret -> user + ":"
                        + URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"))
                .orElseGet(() -> password.isPresent() ? "" : userInfo(way));
        RedisOptions options = options(node, way, credentials, way.getRawPath() == null ? "" : way.getRawPath());
        if (user.isEmpty()) {
            password.ifPresent(options::setPassword);
        }
        return options;
    }

    private static String userInfo(URI way) {
        return way.getRawUserInfo() == null ? "" : way.getRawUserInfo();
    }

    private static RedisOptions options(RedisNode node, URI way, String credentials, String path) {
        String before = credentials.isEmpty() ? "" : credentials + "@";
        return new RedisOptions()
                .setConnectionString(way.getScheme() + "://" + before + node.authority() + path)
                .setMaxPoolSize(CONNECTIONS)
                .setMaxPoolWaiting(2 * CONNECTIONS)
                .setMaxWaitingHandlers(MAX_WAITING);
    }
}
