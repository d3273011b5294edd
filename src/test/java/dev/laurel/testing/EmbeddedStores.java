package dev.laurel.testing;

import dev.laurel.platform.embedded.Store;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;

/**
 * A real PostgreSQL and a real Redis for all tests with Quarkus, started before the first and stopped after the last.
 *
 * <p>No test class needs to name it: with the global scope it serves them all, and so they share one running service.
 */
@WithTestResource(value = EmbeddedStores.class, scope = TestResourceScope.GLOBAL)
public final class EmbeddedStores implements QuarkusTestResourceLifecycleManager {
    private static final Path FOLDER = Path.of("target", "test-stores");

    private dev.laurel.platform.embedded.EmbeddedStores stores;

    /** The stores of this test run, for tests that look into them or disturb them. */
    public static RunningStores current() {
        return RunningStores.published();
    }

    @Override
    public Map<String, String> start() {
        try {
            Path folder = TestFolders.fresh(FOLDER);
            stores = new dev.laurel.platform.embedded.EmbeddedStores(folder, EnumSet.allOf(Store.class)).start();
        } catch (IOException e) {
            throw new UncheckedIOException("The data of an earlier test run cannot be removed", e);
        }
        RunningStores.publish(stores);
        Map<String, String> properties = new HashMap<>(stores.properties());
        // Tests that take PostgreSQL away wait for this more than once.
        properties.put("laurel.postgres.deadline", "2s");
        // Several test runs on one machine do not meet.
        properties.put("quarkus.http.test-port", "0");
        properties.put("quarkus.management.test-port", "0");
        return properties;
    }

    @Override
    public void stop() {
        if (stores != null) {
            // A store that a failed test left paused could not stop.
            current().resumeAll();
            stores.close();
        }
    }
}
