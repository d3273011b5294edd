package dev.laurel.warming;

import dev.laurel.platform.meters.Meters;
import dev.laurel.warming.forecast.View;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What warming has done in this process, and whether that was of use: what was loaded and then read while it was kept. */
@ApplicationScoped
public class WarmingFigures {
    /** What was loaded and may still be there; beyond it, what is loaded is not followed. */
    private static final int MAX_FOLLOWED = 20_000;

    private static final String KIND = "kind";

    private final MeterRegistry meters;
    private final Map<String, OfKind> kinds = new ConcurrentHashMap<>();
    private final Map<View, Followed> followed = new ConcurrentHashMap<>();
    private final Map<Trigger, WarmingRun> latest = new EnumMap<>(Trigger.class);

    WarmingFigures(MeterRegistry meters) {
        this.meters = meters;
        // Known from the beginning, so that the absence of runs can be seen.
        for (Trigger trigger : Trigger.values()) {
            runs(trigger);
        }
    }

    private Timer runs(Trigger trigger) {
        return meters.timer(Meters.WARMING_RUNS, "trigger", trigger.name().toLowerCase(Locale.ROOT));
    }

    /** Registers the meters of a kind, at 0. */
    void know(String kind) {
        kinds.computeIfAbsent(
                kind,
                name -> new OfKind(
                        meters.counter(Meters.WARMING_VIEWS, KIND, name),
                        meters.counter(Meters.WARMING_LOADED, KIND, name),
                        meters.counter(Meters.WARMING_USED, KIND, name),
                        meters.counter(Meters.WARMING_HITS, KIND, name)));
    }

    /** Something was loaded, and stays until then. */
    void loaded(View view, Instant until) {
        kinds.get(view.kind()).loaded.increment();
        if (followed.size() < MAX_FOLLOWED) {
            followed.put(view, new Followed(until));
        }
    }

    /** What was read until now. */
    void read(Map<View, Long> views, Instant now) {
        views.forEach((view, times) -> {
            OfKind kind = kinds.get(view.kind());
            if (kind == null) {
                return;
            }
            kind.views.increment(times);
            Followed known = followed.get(view);
            if (known != null && !now.isAfter(known.until)) {
                kind.hits.increment(times);
                if (!known.used) {
                    known.used = true;
                    kind.used.increment();
                }
            }
        });
        followed.values().removeIf(one -> now.isAfter(one.until));
    }

    void ended(WarmingRun run) {
        runs(run.occasion().trigger()).record(run.took());
        synchronized (latest) {
            latest.put(run.occasion().trigger(), run);
        }
    }

    /** The latest run of each trigger. */
    public List<WarmingRun> runs() {
        synchronized (latest) {
            return new ArrayList<>(latest.values());
        }
    }

    /** Of each kind, by name. */
    public List<Counts> counts() {
        List<Counts> counts = new ArrayList<>();
        new TreeMap<>(kinds)
                .forEach((name, kind) -> counts.add(new Counts(
                        name, (long) kind.views.count(), (long) kind.loaded.count(), (long) kind.used.count(), (long)
                                kind.hits.count())));
        return counts;
    }

    /**
     * The figures of a kind since the process began.
     *
     * @param views everything that was read
     * @param loaded values loaded before they were read
     * @param used those of them that were then read at least once while they were kept
     * @param hits views of these
     */
    public record Counts(String kind, long views, long loaded, long used, long hits) {}

    private record OfKind(Counter views, Counter loaded, Counter used, Counter hits) {}

    private static final class Followed {
        private final Instant until;
        private volatile boolean used;

        Followed(Instant until) {
            this.until = until;
        }
    }
}
