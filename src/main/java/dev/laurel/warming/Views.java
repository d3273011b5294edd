package dev.laurel.warming;

import dev.laurel.warming.forecast.View;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The counters of all features. */
@ApplicationScoped
public class Views {
    private final List<ViewCounter<?>> counters = new CopyOnWriteArrayList<>();
    private final WarmingConfig config;

    Views(WarmingConfig config) {
        this.config = config;
    }

    /**
     * A new counter of a feature.
     *
     * @param view what a key stands for; called off the requests
     */
    public <K> ViewCounter<K> counter(Function<K, View> view) {
        ViewCounter<K> counter = new ViewCounter<>(view, config.enabled());
        counters.add(counter);
        return counter;
    }

    /** What was read since the last call, and how often. */
    Map<View, Long> take() {
        Map<View, Long> taken = new HashMap<>();
        counters.forEach(counter -> counter.take(taken));
        return taken;
    }
}
