package dev.laurel.achievement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The awards that random events must come to, by plain loops over them in the order of their instants. */
public final class AwardOracle {
    private static final Comparator<Event> BY_INSTANT = Comparator.comparing(Event::at);

    private final Map<String, List<Event>> players = new HashMap<>();

    public AwardOracle(List<Event> events) {
        events.stream().sorted(BY_INSTANT).forEach(event -> players.computeIfAbsent(
                        event.player(), any -> new ArrayList<>())
                .add(event));
    }

    /** Events whose instants differ and have no order, over thirty days. */
    public static List<Event> random(int events, int players, Instant until, SplittableRandom random) {
        Set<Long> instants = new HashSet<>();
        List<Event> all = new ArrayList<>();
        while (all.size() < events) {
            long before = random.nextLong(1_000, 30L * 86_400_000);
            if (instants.add(before)) {
                all.add(new Event(
                        "p" + random.nextInt(players),
                        random.nextInt(20) - 2,
                        until.minusMillis(before),
                        random.nextInt(3) == 0,
                        random.nextInt(2) == 0 ? "loops" : "lists",
                        "e" + all.size()));
            }
        }
        return all;
    }

    /** Whoever's running total reached a bound, as it stands in the end. */
    public List<Award> total(String tier, int bound) {
        return reached(tier, events -> {
            int total = 0;
            Instant reached = null;
            for (Event event : events) {
                total += event.score();
                if (total >= bound && reached == null) {
                    reached = event.at();
                }
            }
            return total >= bound ? reached : null;
        });
    }

    /** As {@link #total}, for each day of UTC. */
    public List<Award> dailyTotal(int bound) {
        List<Award> awards = new ArrayList<>();
        players.forEach((player, events) -> events.stream()
                .collect(Collectors.groupingBy(Event::day))
                .forEach((day, own) -> new AwardOracle(own)
                        .total("", bound)
                        .forEach(one -> awards.add(new Award(player, "", day.toString(), one.at())))));
        return awards;
    }

    public List<Award> events(int bound) {
        return reached(
                "",
                events -> events.size() < bound ? null : events.get(bound - 1).at());
    }

    public List<Award> outcomes(String tag, int bound) {
        return reached("", events -> {
            List<Event> counted = events.stream()
                    .filter(Event::completed)
                    .filter(event -> event.tag().equals(tag))
                    .toList();
            return counted.size() < bound ? null : counted.get(bound - 1).at();
        });
    }

    public List<Award> streak(int bound) {
        return reached("", events -> {
            Set<LocalDate> days = new TreeSet<>();
            events.forEach(event -> days.add(event.day()));
            for (Event event : events) {
                boolean all = true;
                for (int back = 0; back < bound; back++) {
                    all &= days.contains(event.day().minusDays(back));
                }
                if (all) {
                    return event.at();
                }
            }
            return null;
        });
    }

    /** Whoever has both, from the later of the two on. */
    public static List<Award> both(List<Award> some, List<Award> others) {
        Map<String, Instant> instants = new HashMap<>();
        some.forEach(one -> instants.put(one.player(), one.at()));
        return others.stream()
                .filter(one -> instants.containsKey(one.player()))
                .map(one -> new Award(
                        one.player(),
                        "",
                        "",
                        one.at().isAfter(instants.get(one.player())) ? one.at() : instants.get(one.player())))
                .toList();
    }

    /** The first ones, by instant and id. */
    public static List<Award> first(List<Award> awards, int most) {
        return awards.stream()
                .sorted(Comparator.comparing(Award::at).thenComparing(Award::player))
                .limit(most)
                .toList();
    }

    private List<Award> reached(String tier, Function<List<Event>, Instant> rule) {
        List<Award> awards = new ArrayList<>();
        players.forEach((player, events) -> {
            Instant at = rule.apply(events);
            if (at != null) {
                awards.add(new Award(player, tier, "", at));
            }
        });
        return awards;
    }

    /** An event of a player. */
    public record Event(String player, int score, Instant at, boolean completed, String tag, String id) {
        LocalDate day() {
            return LocalDate.ofInstant(at, ZoneOffset.UTC);
        }

        public String json() {
            return "{\"playerId\":\"%s\",\"score\":%d,\"occurredAt\":\"%s\",\"eventId\":\"%s\",\"tags\":[\"%s\"],\"outcome\":\"%s\"}"
                    .formatted(player, score, at, id, tag, completed ? "COMPLETED" : "FAILED");
        }
    }

    /** An award. */
    public record Award(String player, String tier, String window, Instant at) {}
}
