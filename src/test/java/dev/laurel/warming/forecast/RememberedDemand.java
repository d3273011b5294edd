package dev.laurel.warming.forecast;

import io.smallrye.mutiny.Uni;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The demand in the memory of a test, written another way than the table. */
public final class RememberedDemand implements DemandStore {
    private final Decay decay;
    private final int remembered;
    private final Map<Integer, Map<View, Demand>> hours = new HashMap<>();

    public RememberedDemand(Decay decay, int remembered) {
        this.decay = decay;
        this.remembered = remembered;
    }

    @Override
    public Uni<Void> add(List<Demand> demands) {
        for (Demand more : demands) {
            hours.computeIfAbsent(more.hour(), hour -> new HashMap<>()).merge(more.view(), more, this::sum);
        }
        demands.stream().map(Demand::hour).distinct().forEach(hour -> prune(hours.get(hour)));
        return Uni.createFrom().voidItem();
    }

    private Demand sum(Demand known, Demand more) {
        double before = decay.at(more.countedAt(), known.weight(), known.countedAt());
        return new Demand(more.view(), more.hour(), before + more.weight(), more.countedAt());
    }

    private void prune(Map<View, Demand> hour) {
        Map<String, List<Demand>> kinds = new HashMap<>();
        hour.values().forEach(one -> kinds.computeIfAbsent(one.view().kind(), kind -> new ArrayList<>())
                .add(one));
        kinds.values().forEach(kind -> kind.stream()
                .sorted(Comparator.comparingDouble(one -> -one.weight()))
                .skip(remembered)
                .forEach(one -> hour.remove(one.view())));
    }

    @Override
    public Uni<List<Demand>> at(int... wanted) {
        return Uni.createFrom()
                .item(Arrays.stream(wanted)
                        .boxed()
                        .flatMap(hour -> hours.getOrDefault(hour, Map.of()).values().stream())
                        .toList());
    }

    @Override
    public Uni<double[]> byHour() {
        double[] weights = new double[HourOfWeek.HOURS];
        hours.forEach((hour, demands) -> weights[hour] =
                demands.values().stream().mapToDouble(Demand::weight).sum());
        return Uni.createFrom().item(weights);
    }

    int size() {
        return hours.values().stream().mapToInt(Map::size).sum();
    }
}
