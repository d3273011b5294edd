package dev.laurel.platform.timing;

import dev.laurel.platform.meters.Step;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The latest slow requests to this process, and a line in its log for each, within bounds. */
@ApplicationScoped
public class SlowRequests {
    private static final Logger LOG = Logger.getLogger(SlowRequests.class);

    /** While a store is slow all requests are, and a log that is full of them says nothing else. */
    private static final int LINES_A_SECOND = 10;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int kept;
    private final Map<SpeedClass, Deque<SlowRequest>> latest = new EnumMap<>(SpeedClass.class);
    private long secondBegan = System.nanoTime();
    private int lines;
    private int withheld;

    SlowRequests(TimingConfig config) {
        this.kept = config.kept();
        for (SpeedClass speed : SpeedClass.values()) {
            latest.put(speed, new ArrayDeque<>());
        }
    }

    void add(SlowRequest request) {
        Line line;
        synchronized (latest) {
            Deque<SlowRequest> same = latest.get(request.speed());
            same.addFirst(request);
            if (same.size() > kept) {
                same.removeLast();
            }
            line = line();
        }
        if (line.written) {
            log(request, line.withheldBefore);
        }
    }

    private Line line() {
        long now = System.nanoTime();
        if (now - secondBegan >= SECOND) {
            secondBegan = now;
            lines = 0;
        }
        if (lines >= LINES_A_SECOND) {
            withheld++;
            return new Line(false, 0);
        }
        lines++;
        Line line = new Line(true, withheld);
        withheld = 0;
        return line;
    }

    private static void log(SlowRequest request, int withheldBefore) {
        if (withheldBefore > 0) {
            LOG.infof("%d further slow requests are not listed here", withheldBefore);
        }
        LOG.logf(
                request.speed() == SpeedClass.VERY_SLOW ? Logger.Level.WARN : Logger.Level.INFO,
                "%s: %s %s answered %d in %d ms%s",
                request.speed(),
                request.method(),
                request.path(),
                request.status(),
                request.took().toMillis(),
                steps(request.steps()));
    }

    private static String steps(List<Step> steps) {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            text.append(text.isEmpty() ? ": " : ", ")
                    .append(step.name())
                    .append(' ')
                    .append(Duration.ofNanos(step.nanos()).toMillis())
                    .append(" ms");
        }
        return text.toString();
    }

    /**
     * The latest ones, newest first.
     *
     * @param speed null for both slow classes
     */
    public List<SlowRequest> latest(SpeedClass speed) {
        List<SlowRequest> found = new ArrayList<>();
        synchronized (latest) {
            latest.forEach((one, requests) -> {
                if (speed == null || speed == one) {
                    found.addAll(requests);
                }
            });
        }
        found.sort(Comparator.comparing(SlowRequest::at).reversed());
        return found;
    }

    /** @param withheldBefore requests without a line since the last line */
    private record Line(boolean written, int withheldBefore) {}
}
