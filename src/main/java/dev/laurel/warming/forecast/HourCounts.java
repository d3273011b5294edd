package dev.laurel.warming.forecast;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The views of this process in the present hour, of each kind those read most, and what could not be remembered yet. Bounded,
 * whatever is read and however long nothing can be remembered.
 */
public final class HourCounts {
    /** So that what rises during an hour is found among what has risen before. */
    private static final int SPARE = 2;

    private final HourOfWeek week;
    private final int remembered;
    private final Map<String, SpaceSaving<View>> kinds = new HashMap<>();
    private final Map<Slot, Demand> waiting = new HashMap<>();
    private int hour = -1;

    /** @param remembered views of each kind and hour */
    public HourCounts(HourOfWeek week, int remembered) {
        this.week = week;
        this.remembered = remembered;
    }

    public synchronized void add(Map<View, Long> views, Instant now) {
        int present = week.of(now);
        if (present != hour) {
            takeInto(now);
            kinds.clear();
            hour = present;
        }
        views.forEach((view, times) -> kinds.computeIfAbsent(view.kind(), kind -> new SpaceSaving<>(SPARE * remembered))
                .add(view, times));
    }

    /** What is to be remembered; {@link #giveBack} what could not be. */
    public synchronized List<Demand> take(Instant now) {
        takeInto(now);
        List<Demand> taken = new ArrayList<>(waiting.values());
        waiting.clear();
        return taken;
    }

    private void takeInto(Instant now) {
        kinds.values().forEach(kind -> kind.take(remembered)
                .forEach((view, times) -> wait(new Demand(view, hour, times, now))));
    }

    public synchronized void giveBack(List<Demand> demands) {
        demands.forEach(this::wait);
    }

    private void wait(Demand demand) {
        Slot slot = new Slot(demand.view(), demand.hour());
        Demand known = waiting.get(slot);
        if (known != null) {
            waiting.put(
                    slot,
                    new Demand(demand.view(), demand.hour(), known.weight() + demand.weight(), demand.countedAt()));
        } else if (waiting.size() < HourOfWeek.HOURS_A_DAY * remembered) {
            waiting.put(slot, demand);
        }
    }

    private record Slot(View view, int hour) {}
}
