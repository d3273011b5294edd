package dev.laurel.testing;

import dev.laurel.platform.embedded.Pooler;
import dev.laurel.platform.embedded.RedisFleet;
import dev.laurel.platform.embedded.Store;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A real PostgreSQL and a real Redis for all tests with Quarkus, started before the first and stopped after the last.
 *
 * <p>No test class needs to name it: with the global scope it serves them all, and so they share one running service.
 */
@WithTestResource(value = EmbeddedStores.class, scope = TestResourceScope.GLOBAL)
public final class EmbeddedStores implements QuarkusTestResourceLifecycleManager {
    private static final Path FOLDER = Path.of("target", "test-stores");

    /** What stands in place of the one Redis: {@code cluster} or {@code sentinel}. */
    private static final String FLEET = System.getProperty("laurel.test.redis", "");

    /** Longer than tests pause all servers of a fleet: none is to take the place of another meanwhile. */
    private static final int SILENCE_MILLIS = 10_000;

    /** Set to try the service behind PgBouncer, where one is installed. */
    private static final String BEHIND_POOLER = "laurel.test.pooler";

    private static final int POOLED = 8;

    /** The first half of the tests runs on the Redis that is installed, if there is one, and the second on the bundled one. */
    private static final String REDIS_PROGRAM = "laurel.embedded.redis";

    private dev.laurel.platform.embedded.EmbeddedStores stores;
    private RedisFleet fleet;
    private Pooler pooler;

    /** The stores of this test run, for tests that look into them or disturb them. */
    public static RunningStores current() {
        return RunningStores.published();
    }

    @Override
    public Map<String, String> start() {
        try {
            Path folder = TestFolders.fresh(FOLDER);
            if (TestFolders.forkNumber() % 2 == 0 && System.getProperty(REDIS_PROGRAM) == null) {
                System.setProperty(REDIS_PROGRAM, "bundled");
            }
            stores = new dev.laurel.platform.embedded.EmbeddedStores(
                            folder, FLEET.isEmpty() ? EnumSet.allOf(Store.class) : EnumSet.of(Store.POSTGRES))
                    .start();
            if (!FLEET.isEmpty()) {
                RedisFleet.Kind kind = RedisFleet.Kind.valueOf(FLEET.toUpperCase(Locale.ROOT));
                fleet = RedisFleet.start(kind, stores.folder().resolve("redis"), SILENCE_MILLIS);
                fleet.keepAlive();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The stores of the tests cannot be started", e);
        }
        Map<String, String> properties = new HashMap<>(stores.properties());
        if (fleet != null) {
            properties.putAll(fleet.properties());
        }
        RunningStores.publish(stores, properties.get("quarkus.redis.hosts"));
        if (Boolean.getBoolean(BEHIND_POOLER)) {
            properties.putAll(behindPooler());
        }
        // Tests that take PostgreSQL away wait for this more than once; on a busy machine a statement about ten
        // thousand rows
        // takes two seconds.
        properties.put("laurel.postgres.deadline", "3s");
        // Segments of tests are small, and are to be kept up to date nevertheless.
        properties.put("laurel.segment.followed-from", "2");
        properties.put(
                "laurel.backup.directory", TestFolders.ofThisFork("backups").toString());
        // Several test runs on one machine do not meet.
        properties.put("quarkus.http.test-port", "0");
        properties.put("quarkus.management.test-port", "0");
        return properties;
    }

    private Map<String, String> behindPooler() {
        try {
            pooler = Pooler.start(stores.postgres().orElseThrow(), TestFolders.ofThisFork("test-pooler"), POOLED);
            return Map.of(
                    "quarkus.datasource.reactive.url",
                    pooler.address().reactiveUrl(),
                    "laurel.postgres.pooler",
                    "true");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (pooler != null) {
            pooler.close();
        }
        if (stores != null) {
            // A store that a failed test left paused could not stop.
            current().resumeAll();
            if (fleet != null) {
                fleet.close();
            }
            stores.close();
        }
    }
}
