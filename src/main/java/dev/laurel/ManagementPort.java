package dev.laurel;

import org.jboss.logging.Logger;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** The port of health and metrics: the usual one, or the next that is free when a service beside this one has it. */
final class ManagementPort {
    /** What {@code quarkus.management.port} is when nobody sets that: it wins, wherever it is set. */
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

    /** The first free port from this one on; this one when there is none near, so that the start tells what is wrong. */
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
