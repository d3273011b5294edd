package dev.laurel;

import org.jboss.logging.Logger;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** The port of health and metrics: the usual one, or the next free one when another service on the machine has it. */
final class ManagementPort {
    /** The default of {@code quarkus.management.port}, which takes precedence wherever it is set. */
    static final String PROPERTY = "laurel.management.port";

    private static final Logger LOG = Logger.getLogger(ManagementPort.class);
    private static final int USUAL = 9_000;
    private static final int TRIED = 100;

    private ManagementPort() {}

    /** Chooses once: after a live reload the port is taken by this very process. */
    static void choose() {
        if (System.getProperty(PROPERTY) != null) {
            return;
        }
        int port = firstFree(USUAL);
        System.setProperty(PROPERTY, Integer.toString(port));
        if (port != USUAL && System.getenv("QUARKUS_MANAGEMENT_PORT") == null) {
            LOG.infof("Port %d is taken: health and metrics are on port %d.", USUAL, port);
        }
    }

    /** The first free port from this one on; this one when there is none nearby, so that startup reports the error. */
    static int firstFree(int from) {
        return IntStream.range(from, from + TRIED)
                .filter(ManagementPort::isFree)
                .findFirst()
                .orElse(from);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
