package dev.laurel.platform.timing;

import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.meters.ServerTiming;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Counts requests by how long they took, and notes the slow ones. */
@ApplicationScoped
public class RequestTimings {
    private static final int SERVER_ERROR = 500;

    private final SlowRequests slowRequests;
    private final Clock clock;
    private final long fast;
    private final long ok;
    private final long slow;
    private final long shortestStep;
    private final Map<RequestKind, Map<SpeedClass, Outcomes>> counters = new EnumMap<>(RequestKind.class);

    RequestTimings(TimingConfig config, SlowRequests slowRequests, Clock clock, MeterRegistry meters) {
        this.slowRequests = slowRequests;
        this.clock = clock;
        this.fast = config.fast().toNanos();
        this.ok = config.ok().toNanos();
        this.slow = config.slow().toNanos();
        this.shortestStep = config.shortestStep().toNanos();
        for (RequestKind kind : RequestKind.values()) {
            Map<SpeedClass, Outcomes> bySpeed = new EnumMap<>(SpeedClass.class);
            for (SpeedClass speed : SpeedClass.values()) {
                bySpeed.put(
                        speed, new Outcomes(counter(meters, kind, speed, false), counter(meters, kind, speed, true)));
            }
            counters.put(kind, bySpeed);
        }
    }

    private static Counter counter(MeterRegistry meters, RequestKind kind, SpeedClass speed, boolean failed) {
        return meters.counter(
                Meters.REQUESTS, "kind", kind.tag(), "class", speed.tag(), "failed", Boolean.toString(failed));
    }

    /** Called with each response, before it is sent. */
    public void answered(HttpServerRequest request, int status, long nanos) {
        SpeedClass speed = classOf(nanos);
        Outcomes outcomes =
                counters.get(RequestKind.of(request.method(), request.path())).get(speed);
        (status < SERVER_ERROR ? outcomes.served : outcomes.failed).increment();
        if (speed.isSlow()) {
            slowRequests.add(new SlowRequest(
                    clock.instant(),
                    request.method().name(),
                    PathTemplate.of(request),
                    status,
                    speed,
                    Duration.ofNanos(nanos),
                    ServerTiming.steps(shortestStep)));
        }
    }

    SpeedClass classOf(long nanos) {
        if (nanos < fast) {
            return SpeedClass.FAST;
        }
        if (nanos < ok) {
            return SpeedClass.OK;
        }
        return nanos < slow ? SpeedClass.SLOW : SpeedClass.VERY_SLOW;
    }

    /** @param failed with 5xx, which counts against the availability whatever the reason */
    private record Outcomes(Counter served, Counter failed) {}
}
