package dev.laurel.imports.run;

import dev.laurel.imports.ImportCounts;
import dev.laurel.imports.ImportState;
import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What this process does for imports, as figures. Created at startup, so that each is there before the first import. */
@Startup
@ApplicationScoped
class ImportMeters {
    private final MeterRegistry meters;
    private final AtomicInteger running = new AtomicInteger();

    ImportMeters(MeterRegistry meters) {
        this.meters = meters;
        meters.gauge(Meters.IMPORTS_RUNNING, running);
        Stream.of(ImportState.values()).filter(ImportState::isOver).forEach(this::counter);
        rows(ImportCounts.NONE);
    }

    void begun() {
        running.incrementAndGet();
    }

    void left() {
        running.decrementAndGet();
    }

    void ended(ImportState state) {
        counter(state).increment();
    }

    private Counter counter(ImportState state) {
        return meters.counter(Meters.IMPORTS, "state", state.name());
    }

    void rows(ImportCounts counts) {
        rows("APPLIED", counts.applied());
        rows("UNCHANGED", counts.unchanged());
        rows("DUPLICATE", counts.duplicates());
        rows("HELD", counts.held());
        rows("REFUSED", counts.refused());
    }

    private void rows(String outcome, long count) {
        meters.counter(Meters.IMPORT_ROWS, "outcome", outcome).increment(count);
    }
}
