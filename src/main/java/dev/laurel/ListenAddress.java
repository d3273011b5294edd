package dev.laurel;

import org.jboss.logging.Logger;

/**
 * The address on which the service listens unless one is set. With embedded stores it runs on a user's own machine,
 * where others must not reach it; with external stores, on a server or in a container.
 */
final class ListenAddress {
    /** The default of {@code quarkus.http.host}, which takes precedence wherever it is set. */
    static final String PROPERTY = "laurel.default.host";

    private static final Logger LOG = Logger.getLogger(ListenAddress.class);
    private static final String LOOPBACK = "127.0.0.1";

    private ListenAddress() {}

    static void choose(boolean embeddedStores) {
        if (!embeddedStores || System.getProperty(PROPERTY) != null) {
            return;
        }
        System.setProperty(PROPERTY, LOOPBACK);
        if (System.getenv("QUARKUS_HTTP_HOST") == null) {
            LOG.info("With embedded stores only this machine can connect; QUARKUS_HTTP_HOST=0.0.0.0 admits others.");
        }
    }
}
