package dev.laurel.platform.faults;

import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Counts faults, and reports them where a receiver is set. They are prepared on a thread of their own; while more happen than
 * it can handle, those are dropped.
 */
@ApplicationScoped
class FaultReports {
    private static final Logger LOG = Logger.getLogger(FaultReports.class);

    private final SentryConfig config;
    private final String release;
    private final RepeatedFaults repeated;
    private final Map<Fault.Kind, Counter> happened = new EnumMap<>(Fault.Kind.class);
    private final Counter dropped;
    private volatile ThreadPoolExecutor thread;

    FaultReports(
            SentryConfig config,
            @ConfigProperty(name = "quarkus.application.version", defaultValue = "unknown") String version,
            MeterRegistry meters) {
        this.config = config;
        this.release = "laurel@" + version;
        this.repeated = new RepeatedFaults(config.repeatAfter().toNanos());
        for (Fault.Kind kind : Fault.Kind.values()) {
            happened.put(kind, meters.counter(Meters.FAULTS, "kind", kind.tag()));
        }
        this.dropped = meters.counter(Meters.FAULTS_DROPPED);
    }

    void start(@Observes StartupEvent event) {
        begin();
    }

    void begin() {
        config.dsn().ifPresent(dsn -> {
            SentrySender.start(config, dsn, release);
            thread = new ThreadPoolExecutor(
                    1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(config.maxWaiting()), work -> {
                        Thread sender = new Thread(work, "fault-reports");
                        sender.setDaemon(true);
                        return sender;
                    });
        });
        Faults.receive(this::happened);
    }

    void stop(@Observes ShutdownEvent event) {
        end();
    }

    void end() {
        Faults.receiveNoMore();
        if (thread != null) {
            thread.shutdown();
            SentrySender.stop();
        }
    }

    private void happened(Fault fault) {
        happened.get(fault.kind()).increment();
        ThreadPoolExecutor sender = thread;
        if (sender != null) {
            try {
                sender.execute(() -> report(fault));
            } catch (RejectedExecutionException full) {
                dropped.increment();
            }
        }
    }

    private void report(Fault fault) {
        try {
            if (repeated.isNew(fault.key(), System.nanoTime())) {
                SentrySender.send(fault);
            }
        } catch (RuntimeException e) {
            LOG.warnf("A fault could not be reported: %s", e.getMessage());
        }
    }
}
