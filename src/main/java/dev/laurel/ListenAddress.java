package dev.laurel;

import org.jboss.logging.Logger;

/**
 * The address on which the service listens when nobody sets one. With embedded stores it runs on somebody's own machine,
 * where nobody else is to reach it; with stores elsewhere, on a server or in a container.
 */
final class ListenAddress {
    /** What {@code quarkus.http.host} is when nobody sets that: it wins, wherever it is set. */
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
            LOG.info("With embedded stores only this machine is served; QUARKUS_HTTP_HOST=0.0.0.0 opens it to others.");
        }
    }
}
