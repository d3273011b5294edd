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

    enum Decision {
        OPEN,
        CLOSED,
        REFUSED
    }
}
