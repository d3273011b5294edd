package dev.laurel.platform.timing;

import dev.laurel.platform.meters.Meters;
import dev.laurel.platform.meters.ServerTiming;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.micrometer.runtime.binder.vertx.HttpRequestMetric;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts requests by how long they took, and notes the slow ones. */
@ApplicationScoped
public class RequestTimings {
    private static final String NO_OPERATION = "/UNMATCHED";

    private final SlowRequests slowRequests;
    private final Clock clock;
    private final long fast;
    private final long ok;
    private final long slow;
    private final long shortestStep;
    private final Map<SpeedClass, Counter> counters = new EnumMap<>(SpeedClass.class);

    RequestTimings(TimingConfig config, SlowRequests slowRequests, Clock clock, MeterRegistry meters) {
        this.slowRequests = slowRequests;
        this.clock = clock;
        this.fast = config.fast().toNanos();
        this.ok = config.ok().toNanos();
        this.slow = config.slow().toNanos();
        this.shortestStep = config.shortestStep().toNanos();
        for (SpeedClass speed : SpeedClass.values()) {
            counters.put(speed, meters.counter(Meters.REQUESTS, "class", speed.tag()));
        }
    }

    /** Called with each response, before it is sent. */
    public void answered(HttpServerRequest request, int status, long nanos) {
        SpeedClass speed = classOf(nanos);
        counters.get(speed).increment();
        if (speed.isSlow()) {
            slowRequests.add(new SlowRequest(
                    clock.instant(),
                    request.method().name(),
                    template(request),
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

    /** The path as the framework labels it in its metrics: that of the operation, never the one that was sent. */
    private static String template(HttpServerRequest request) {
        return request instanceof HttpServerRequestInternal known && known.metric() instanceof HttpRequestMetric metric
                ? metric.getNormalizedUriPath(Map.of(), List.of())
                : NO_OPERATION;
    }
}
