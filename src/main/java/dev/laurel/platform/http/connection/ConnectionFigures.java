package dev.laurel.platform.http.connection;

import dev.laurel.platform.http.connection.OpenConnections.Refused;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens to connections. One for the process: servers are made before there are beans. */
final class ConnectionFigures {
    static final ConnectionFigures ALL = new ConnectionFigures();

    private final LongAdder open = new LongAdder();
    private final Map<Refused, LongAdder> refused = new EnumMap<>(Refused.class);
    private final Map<Dropped, LongAdder> dropped = new EnumMap<>(Dropped.class);

    private ConnectionFigures() {
        for (Refused reason : Refused.values()) {
            refused.put(reason, new LongAdder());
        }
        for (Dropped reason : Dropped.values()) {
            dropped.put(reason, new LongAdder());
        }
    }

    void opened() {
        open.increment();
    }

    void closed() {
        open.decrement();
    }

    long open() {
        return open.sum();
    }

    LongAdder refused(Refused reason) {
        return refused.get(reason);
    }

    LongAdder dropped(Dropped reason) {
        return dropped.get(reason);
    }

    static String text(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    /** Why the service closes a connection: what took too long. */
    enum Dropped {
        HEAD,
        BODY,
        /** The rest of a body after the response to it. */
        REST,
        READ,
        IDLE,
        ANSWER
    }
}
