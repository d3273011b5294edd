package dev.laurel.admin;

import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/** Publishes what the latest probe has found of each store; nothing, when the probes have stopped. */
@ApplicationScoped
class StoreMeters {
    /** Readiness is probed every few seconds. */
    private static final long VALID_NANOS = Duration.ofMinutes(1).toNanos();

    private static final String STORE = "store";

    private volatile Probe<StoreHealth.Postgres> postgres;
    private volatile Probe<StoreHealth.Redis> redis;

    /** From the start, so that a process without probes shows that it has none. */
    void publish(@Observes StartupEvent event, MeterRegistry meters) {
        gauge(meters, Meters.STORE_UP, "postgres", () -> up(current(postgres, StoreHealth.Postgres::healthy)));
        gauge(meters, Meters.STORE_UP, "redis", () -> up(current(redis, StoreHealth.Redis::healthy)));
        gauge(
                meters,
                Meters.STORE_BYTES,
                "postgres",
                () -> bytes(current(postgres, StoreHealth.Postgres::databaseBytes)));
        gauge(meters, Meters.STORE_BYTES, "redis", () -> bytes(current(redis, StoreHealth.Redis::usedMemoryBytes)));
    }

    private static void gauge(MeterRegistry meters, String name, String store, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble).tag(STORE, store).register(meters);
    }

    void found(StoreHealth.Postgres state) {
        postgres = new Probe<>(state, System.nanoTime());
    }

    void found(StoreHealth.Redis state) {
        redis = new Probe<>(state, System.nanoTime());
    }

    private static <T, V> V current(Probe<T> probe, Function<T, V> value) {
        return probe == null || System.nanoTime() - probe.nanos > VALID_NANOS ? null : value.apply(probe.state);
    }

    private static double up(Boolean healthy) {
        if (healthy == null) {
            return Double.NaN;
        }
        return healthy ? 1 : 0;
    }

    private static double bytes(Long bytes) {
        return bytes == null ? Double.NaN : bytes;
    }

    private record Probe<T>(T state, long nanos) {}
}
