package dev.laurel.platform.lifecycle;

import dev.laurel.platform.meters.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Times the runs of scheduled jobs, by job and outcome. */
@ApplicationScoped
class JobMeters {
    private final MeterRegistry meters;
    private final Map<String, Runs> runs = new ConcurrentHashMap<>();

    JobMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void ended(String job, long nanos, boolean failed) {
        Runs known = runs.computeIfAbsent(job, name -> new Runs(timer(name, "success"), timer(name, "failure")));
        (failed ? known.failed : known.done).record(Duration.ofNanos(nanos));
    }

    /** Prometheus has a label "job" of its own. */
    private Timer timer(String job, String outcome) {
        return meters.timer(Meters.JOBS, "task", job, "outcome", outcome);
    }

    private record Runs(Timer done, Timer failed) {}
}
