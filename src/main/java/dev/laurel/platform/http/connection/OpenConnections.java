package dev.laurel.platform.http.connection;

import dev.laurel.platform.client.IpAddress;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Counts the open connections of a server, in total and of each address, against bounds. Called by several threads. */
final class OpenConnections {
    private final int most;
    private final int mostPerAddress;
    private final Predicate<IpAddress> unlimited;
    private final AtomicInteger total = new AtomicInteger();
    private final Map<String, Integer> byNetwork = new ConcurrentHashMap<>();

    /** @param unlimited the addresses that may have any number */
    OpenConnections(int most, int mostPerAddress, Predicate<IpAddress> unlimited) {
        this.most = most;
        this.mostPerAddress = mostPerAddress;
        this.unlimited = unlimited;
    }

    /** Counts a connection, which must be closed later, and says why it is refused; null when it is accepted. */
    Refused open(IpAddress peer) {
        boolean tooMany = total.incrementAndGet() > most;
        boolean tooManyOfIt =
                !unlimited.test(peer) && byNetwork.merge(peer.network(), 1, Integer::sum) > mostPerAddress;
        return tooMany ? Refused.TOTAL : tooManyOfIt ? Refused.ADDRESS : null;
    }

    /** The connection is closed, whether it was refused or not. */
    void close(IpAddress peer) {
        total.decrementAndGet();
        if (!unlimited.test(peer)) {
            byNetwork.computeIfPresent(peer.network(), (name, count) -> count == 1 ? null : count - 1);
        }
    }

    int total() {
        return total.get();
    }

    /** Which bound a connection is beyond. */
    enum Refused {
        TOTAL,
        ADDRESS
    }
}
