package dev.laurel.platform.redis;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What kind of Redis there is, as the framework's settings have it: one server, a cluster, or sentinels. */
@ApplicationScoped
class TopologyProducer {
    private static final int DEFAULT_PORT = 6379;

    /** One held connection for each event loop, and room for those that replace silent ones until they are closed. */
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
                .flatMap(text -> Stream.of(text.split(",")))
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
            case "cluster" -> watched(new ClusterDirectory());
            case "sentinel" -> watched(new SentinelDirectory(master));
            default ->
                throw new IllegalArgumentException(
                        "quarkus.redis.client-type is " + type + "; Laurel knows standalone, cluster and sentinel");
        };
    }

    private Topology watched(Directory directory) {
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException("quarkus.redis.hosts names no server");
        }
        List<RedisNode> named = seeds.stream().map(TopologyProducer::node).toList();
        return new WatchedTopology(vertx, directory, named, node -> {
            URI way = seeds.get(Math.max(0, named.indexOf(node)));
            boolean keepsData = directory.mastersKnow() || !named.contains(node);
            return Redis.createClient(vertx, options(node, way, keepsData ? password : Optional.empty()));
        });
    }

    private static RedisNode node(URI seed) {
        return new RedisNode(seed.getHost(), seed.getPort() < 0 ? DEFAULT_PORT : seed.getPort());
    }

    /**
     * @param way the address whose scheme and credentials are taken: a server that is not named in the configuration is
     *     reached as the first that is
     * @param secret instead of the credentials of that address
     */
    private static RedisOptions options(RedisNode node, URI way, Optional<String> secret) {
        String credentials = way.getRawUserInfo() == null || secret.isPresent() ? "" : way.getRawUserInfo() + "@";
        RedisOptions options = new RedisOptions()
                .setConnectionString(way.getScheme() + "://" + credentials + node.host() + ":" + node.port())
                .setMaxPoolSize(CONNECTIONS)
                .setMaxPoolWaiting(2 * CONNECTIONS)
                .setMaxWaitingHandlers(MAX_WAITING);
        secret.ifPresent(options::setPassword);
        return options;
    }
}
