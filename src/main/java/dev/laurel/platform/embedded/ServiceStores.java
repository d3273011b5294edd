package dev.laurel.platform.embedded;

import dev.laurel.platform.embedded.program.Settings;
import dev.laurel.platform.embedded.program.StoresUnavailableException;
import dev.laurel.platform.embedded.program.Waiting;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * The stores of this process: provided before the framework runs, stopped after it.
 *
 * <p>The state is kept in system properties, because a live reload runs the main class again in the same process with
 * newly loaded classes: it finds the stores from the first run still running.
 */
public final class ServiceStores {
    private static final String PROVIDED = "laurel.embedded.provided";
    private static final String BACKUPS = "laurel.default.backup-directory";
    private static final String EMBEDDED = "laurel.embedded.used";
    private static final String SERVICE_RUNS = "laurel.embedded.service-runs";
    private static final Duration SERVICE_STOP_PATIENCE = Duration.ofSeconds(30);

    private ServiceStores() {}

    /**
     * Provides the framework with the addresses of both stores, starting those that are not configured.
     *
     * @throws StoresUnavailableException if a store can be neither reached nor started
     */
    public static void provide() {
        if (System.getProperty(PROVIDED) != null) {
            return;
        }
        Settings settings = Settings.ofThisProcess();
        StoreAddresses configured = StoreAddresses.configured(settings);
        Reachability.check(configured);
        StoreAddresses addresses =
                configured.complete() ? configured : configured.orElse(embedded(missing(configured), settings));
        addresses.asProperties().forEach(System::setProperty);
        System.setProperty(EMBEDDED, Boolean.toString(!configured.complete()));
        System.setProperty(PROVIDED, "true");
    }

    /** Whether one of the stores is embedded. */
    public static boolean embedded() {
        return Boolean.getBoolean(EMBEDDED);
    }

    /** Signals that the service begins: from now on the stores are stopped only after {@link #serviceEnded()}. */
    public static void serviceBegins() {
        System.setProperty(SERVICE_RUNS, "true");
    }

    /** Signals that the service no longer needs the stores. */
    public static void serviceEnded() {
        System.clearProperty(SERVICE_RUNS);
    }

    /** Whether this program includes stores of its own, which the native executable does not. */
    public static boolean canEmbed() {
        return System.getProperty("org.graalvm.nativeimage.imagecode") == null;
    }

    private static Set<Store> missing(StoreAddresses configured) {
        Set<Store> missing = EnumSet.allOf(Store.class);
        configured.postgres().ifPresent(address -> missing.remove(Store.POSTGRES));
        configured.redis().ifPresent(address -> missing.remove(Store.REDIS));
        return missing;
    }

    private static StoreAddresses embedded(Set<Store> missing, Settings settings) {
        if (!canEmbed()) {
            throw new StoresUnavailableException(
                    "The native program has no embedded stores, and no address is configured for " + missing + ".",
                    "Set LAUREL_POSTGRES_URL=postgresql://user:password@host:5432/database",
                    "and LAUREL_REDIS_URL=redis://:password@host:6379.");
        }
        Path folder = Path.of(settings.find("laurel.embedded.data-dir").orElse("data"));
        EmbeddedStores stores = new EmbeddedStores(folder, missing);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopLast(stores), "laurel-stores-stop"));
        StoreAddresses addresses = stores.start().addresses();
        if (missing.contains(Store.POSTGRES)) {
            System.setProperty(BACKUPS, stores.folder().resolve("backups").toString());
        }
        return addresses;
    }

    /** All shutdown hooks run concurrently, so this one waits for the service, which is still writing. */
    private static void stopLast(EmbeddedStores stores) {
        try {
            Waiting.until(SERVICE_STOP_PATIENCE, () -> System.getProperty(SERVICE_RUNS) == null);
        } catch (IOException e) {
            // Interrupted: all that remains is the stop itself.
        }
        stores.close();
    }
}
