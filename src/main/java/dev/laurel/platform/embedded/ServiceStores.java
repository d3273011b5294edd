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
 * <p>What is known here is kept in system properties, because a live reload runs the main class again in the same process
 * with classes loaded anew: it finds the stores of the first time running.
 */
public final class ServiceStores {
    private static final String PROVIDED = "laurel.embedded.provided";
    private static final String EMBEDDED = "laurel.embedded.used";
    private static final String SERVICE_RUNS = "laurel.embedded.service-runs";
    private static final Duration SERVICE_STOP_PATIENCE = Duration.ofSeconds(30);

    private ServiceStores() {}

    /**
     * Makes the addresses of both stores known to the framework, starting the stores nobody configured.
     *
     * @throws StoresUnavailableException if there is no way to have them
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

    /** Whether one of the stores is of our own. */
    public static boolean embedded() {
        return Boolean.getBoolean(EMBEDDED);
    }

    /** Tells that the service begins: from now on the stores are stopped only after {@link #serviceEnded()}. */
    public static void serviceBegins() {
        System.setProperty(SERVICE_RUNS, "true");
    }

    /** Tells that the service needs the stores no more. */
    public static void serviceEnded() {
        System.clearProperty(SERVICE_RUNS);
    }

    /** Whether this program brings stores of its own, which a native one does not. */
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
        return stores.start().addresses();
    }

    /** All shutdown hooks run at the same time, so this one waits for the service that still writes. */
    private static void stopLast(EmbeddedStores stores) {
        try {
            Waiting.until(SERVICE_STOP_PATIENCE, () -> System.getProperty(SERVICE_RUNS) == null);
        } catch (IOException e) {
            // Interrupted: what is left to do is the stop itself.
        }
        stores.close();
    }
}
