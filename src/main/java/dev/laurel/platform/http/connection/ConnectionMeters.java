package dev.laurel.platform.http.connection;

import dev.laurel.platform.http.connection.ConnectionFigures.Dropped;
import dev.laurel.platform.http.connection.OpenConnections.Refused;
import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;

import java.util.concurrent.atomic.LongAdder;

/** Publishes the figures of connections. */
@Startup
@Singleton
class ConnectionMeters {
    private static final String REASON = "reason";

    ConnectionMeters(MeterRegistry meters, ConnectionConfig config) {
        ConnectionFigures figures = ConnectionFigures.ALL;
        Gauge.builder(Meters.CONNECTIONS, figures, ConnectionFigures::open).register(meters);
        Gauge.builder(Meters.CONNECTIONS_MAX, config, ConnectionConfig::max).register(meters);
        for (Refused reason : Refused.values()) {
            count(meters, Meters.CONNECTIONS_REFUSED, reason, figures.refused(reason));
        }
        for (Dropped reason : Dropped.values()) {
            count(meters, Meters.CONNECTIONS_DROPPED, reason, figures.dropped(reason));
        }
    }

    private static void count(MeterRegistry meters, String name, Enum<?> reason, LongAdder counted) {
        FunctionCounter.builder(name, counted, LongAdder::sum)
                .tag(REASON, ConnectionFigures.text(reason))
                .register(meters);
    }
}
