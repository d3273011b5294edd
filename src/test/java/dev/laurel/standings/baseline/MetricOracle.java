package dev.laurel.standings.baseline;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What rankings by derived metrics, and by those added later, have to be: counted from all events each time, without arrays. */
final class MetricOracle {
    private final String operator;
    private final List<Event> events = new ArrayList<>();
    private final Map<String, Map<String, Long>> baselines = new TreeMap<>();
    private final Map<String, String> gains = new LinkedHashMap<>();
    private final Map<String, Map<String, BigDecimal>> weights = new LinkedHashMap<>();
    private final Set<String> out = new HashSet<>();

    MetricOracle(String operator) {
        this.operator = operator;
    }

    void gain(String name, String of) {
        gains.put(name, of);
    }

    void weighted(String name, Map<String, BigDecimal> inputs) {
        weights.put(name, inputs);
    }

    void add(Event event) {
        events.add(event);
    }

    void remove(Event event) {
        events.remove(event);
    }

    Map<String, Map<String, Long>> baselines() {
        return baselines;
    }

    void setBaseline(String player, Map<String, Long> values) {
        if (values.isEmpty()) {
            baselines.remove(player);
        } else {
            baselines.put(player, Map.copyOf(values));
        }
    }

    void out(String player) {
        out.add(player);
    }

    void in(String player) {
        out.remove(player);
    }

    /** The ranking by a metric, best first: by score, then the earlier instant, then the player. */
    List<Entry> ranking(String metric, boolean season, boolean decided) {
        List<Entry> entries = new ArrayList<>();
        events.stream()
                .map(Event::player)
                .distinct()
                .filter(player -> !decided || !out.contains(player))
                .forEach(player -> {
                    Value value = value(player, metric, season);
                    if (value != null) {
                        entries.add(new Entry(player, value.score(), value.at()));
                    }
                });
        entries.sort(Comparator.comparing(Entry::score)
                .reversed()
                .thenComparing(Entry::at)
                .thenComparing(Entry::player));
        return entries;
    }

    Value value(String player, String metric, boolean season) {
        if (gains.containsKey(metric)) {
            Value now = value(player, gains.get(metric), season);
            Long base = baselines.getOrDefault(player, Map.of()).get(gains.get(metric));
            return !season || now == null || base == null ? null : new Value(now.score() - base, now.at());
        }
        if (!weights.containsKey(metric)) {
            return submitted(player, metric);
        }
        BigDecimal total = null;
        long at = Long.MIN_VALUE;
        for (Map.Entry<String, BigDecimal> input : weights.get(metric).entrySet()) {
            Value one = value(player, input.getKey(), season);
            if (one != null) {
                BigDecimal part = input.getValue().multiply(BigDecimal.valueOf(one.score()));
                total = total == null ? part : total.add(part);
                at = Math.max(at, one.at());
            }
        }
        return total == null
                ? null
                : new Value(total.setScale(0, RoundingMode.HALF_UP).longValueExact(), at);
    }

    private Value submitted(String player, String metric) {
        List<Event> own =
                events.stream().filter(event -> event.player().equals(player)).toList();
        return switch (operator) {
            case "SUM" -> sum(own, metric);
            case "LATEST" ->
                own.stream()
                        .filter(event -> event.values().get(metric) != null)
                        .max(Comparator.comparing(Event::at))
                        .map(event -> new Value(event.values().get(metric), event.at()))
                        .orElse(null);
            default ->
                own.stream()
                        .max(Comparator.<Event, Long>comparing(
                                        event -> event.values().get("power"))
                                .thenComparing(event -> -event.at()))
                        .filter(event -> event.values().get(metric) != null)
                        .map(event -> new Value(event.values().get(metric), event.at()))
                        .orElse(null);
        };
    }

    private static Value sum(List<Event> own, String metric) {
        List<Event> with =
                own.stream().filter(event -> event.values().get(metric) != null).toList();
        if (with.isEmpty()) {
            return null;
        }
        long total =
                with.stream().mapToLong(event -> event.values().get(metric)).sum();
        return new Value(
                total,
                with.stream()
                        .filter(event -> event.values().get(metric) != 0)
                        .mapToLong(Event::at)
                        .max()
                        .orElseGet(
                                () -> with.stream().mapToLong(Event::at).min().getAsLong()));
    }

    /** An event; a metric without a value is not in the map. */
    record Event(String id, String player, long at, Map<String, Long> values) {}

    record Value(long score, long at) {}

    record Entry(String player, long score, long at) {}
}
