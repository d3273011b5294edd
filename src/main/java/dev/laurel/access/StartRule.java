package dev.laurel.access;

import java.util.Optional;

/** Decides at the start whether the service is open, closed, or does not start because nobody could use it or everybody could. */
final class StartRule {
    private StartRule() {}

    /**
     * @param wanted what is configured; empty when nothing is
     * @param loopback only this machine can connect
     * @param embedded one of the stores is the service's own, so that it is probably tried out
     * @param usable there is a key or an issuer
     */
    static Decision decide(Optional<Boolean> wanted, boolean loopback, boolean embedded, boolean usable) {
        if (wanted.isPresent() && wanted.get()) {
            return Decision.OPEN;
        }
        if (usable) {
            return Decision.CLOSED;
        }
        return wanted.isEmpty() && loopback && embedded ? Decision.OPEN : Decision.REFUSED;
    }

    /** Whether an address can be reached from this machine only. */
    static boolean isLoopback(String host) {
        return "localhost".equalsIgnoreCase(host)
                || host.startsWith("127.") && host.matches("127(\\.\\d{1,3}){3}")
                || "::1".equals(host)
                || "[::1]".equals(host)
                || "0:0:0:0:0:0:0:1".equals(host);
    }

    enum Decision {
        OPEN,
        CLOSED,
        REFUSED
    }
}
