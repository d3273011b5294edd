package dev.laurel.cache.shared;

import dev.laurel.cache.CacheConfig;
import dev.laurel.platform.redis.RedisConfig;
import dev.laurel.platform.redis.RedisLinks;
import dev.laurel.platform.redis.RedisScript;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all processes cache together, in Redis, under keys that no ranking has. All of it expires, and none of it is missed when
 * Redis evicts it. Every method fails while Redis is unavailable.
 */
@ApplicationScoped
public class SharedLevel {
    private static final RedisScript GENERATION = RedisScript.load("cache/generation");
    private static final RedisScript FIND = RedisScript.load("cache/find");
    private static final RedisScript STORE = RedisScript.load("cache/store");

    /** Fields of the views of one subject, of which a value takes three. */
    private static final int MAX_FIELDS = 300;

    private final RedisLinks links;
    private final String prefix;
    private final CacheConfig config;
    private final String version;
    private final String self = UUID.randomUUID().toString();
    private final AtomicLong names = new AtomicLong();

    SharedLevel(
            RedisLinks links,
            RedisConfig redis,
            CacheConfig config,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.links = links;
        this.prefix = redis.prefix() + ":cache:";
        this.config = config;
        this.version = version;
    }

    /** Whether it is to be used. */
    boolean isEnabled() {
        return config.share();
    }

    /** How long a load may take before another process may load the same. */
    Duration lease() {
        return config.loadLease();
    }

    /** A name that nothing else has. */
    String newName() {
        return self + "." + names.incrementAndGet();
    }

    /** The generation of a cache; one that is missing begins, and ends after so long unless it is kept. */
    Uni<String> generation(String cache, Duration life) {
        return links.run(GENERATION, List.of(generationKey(cache)), List.of(newName(), millis(life)))
                .map(Response::toString);
    }

    /** Keeps the generation of a cache for so long from now. */
    Uni<Void> keep(String cache, Duration life) {
        String key = generationKey(cache);
        return links.send(key, Request.cmd(Command.PEXPIRE).arg(key).arg(millis(life)))
                .replaceWithVoid();
    }

    /** Outdates all values of a cache. */
    Uni<Void> outdate(String cache, Duration life) {
        String key = generationKey(cache);
        return links.send(
                        key,
                        Request.cmd(Command.SET)
                                .arg(key)
                                .arg(newName())
                                .arg("PX")
                                .arg(millis(life)))
                .replaceWithVoid();
    }

    /** Removes all values of a subject. */
    Uni<Void> remove(String subject) {
        String key = key(subject);
        return links.send(key, Request.cmd(Command.UNLINK).arg(key)).replaceWithVoid();
    }

    /** Finds a value, or is granted its load. */
    Uni<Found> find(SharedKey key, Terms terms) {
        return links.run(
                        FIND,
                        List.of(key(key.subject())),
                        List.of(
                                view(key),
                                terms.generation,
                                newName(),
                                terms.caller,
                                millis(lease()),
                                millis(terms.life)))
                .map(Found::of);
    }

    /** Stores a value unless its subject has been invalidated since it was granted to be loaded; null if the load has failed. */
    Uni<Void> store(SharedKey key, Terms terms, String epoch, byte[] body) {
        return links.run(
                        STORE,
                        List.of(key(key.subject())),
                        List.of(
                                view(key),
                                terms.generation,
                                epoch,
                                terms.caller,
                                millis(terms.life),
                                String.valueOf(MAX_FIELDS),
                                body == null ? "" : SharedText.of(body)))
                .replaceWithVoid();
    }

    private String generationKey(String cache) {
        return prefix + "generation:" + cache;
    }

    /** The keys of a cluster's slots lie in braces; so a subject has none of its own. */
    private String key(String subject) {
        return prefix + "{" + subject.replace("%", "%25").replace("{", "%7B").replace("}", "%7D") + "}";
    }

    /** A name of 128 bits; another version of the program may write a value in another way. */
    private String view(SharedKey key) {
        return UUID.nameUUIDFromBytes((version + ' ' + key.view()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    /**
     * How a value is asked for.
     *
     * @param caller a name for one caller's load
     * @param life of a value from when it is stored
     */
    record Terms(String generation, String caller, Duration life) {}

    /**
     * What has been found: the value, the epoch in which to load it, or neither while another process loads it.
     *
     * @param left life of the value, or time that the other process has
     */
    record Found(byte[] body, String epoch, Duration left) {
        /** Redis could not be asked. */
        static final Found NOTHING = new Found(null, null, null);

        static Found of(Response answer) {
            return switch (answer.get(0).toString()) {
                case "HIT" ->
                    new Found(
                            SharedText.read(answer.get(1).toString()),
                            null,
                            Duration.ofMillis(answer.get(2).toLong()));
                case "LOAD" -> new Found(null, answer.get(1).toString(), null);
                default -> new Found(null, null, Duration.ofMillis(answer.get(1).toLong()));
            };
        }

        boolean isWaiting() {
            return body == null && epoch == null && left != null;
        }
    }
}
