package dev.laurel.testing;

import dev.laurel.testing.Oracle.Window;
import dev.laurel.testing.OracleRanking.Place;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tiers drawn by lot, and a plain loop over all players that sorts them. */
public record TierOracle(Oracle oracle, List<Tier> tiers) {
    private static final List<String> MEASURES = List.of("score", "rank", "percentile");

    /** A tier; its conditions are those that must all hold, and those of which one must. */
    public record Tier(String name, List<Condition> all, List<Condition> any) {}

    /** Bounds, either of which may be null. */
    public record Condition(int metric, String measure, BigDecimal min, BigDecimal max) {}

    public static TierOracle random(Oracle oracle, Random random) {
        List<Tier> tiers = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            String name = "Tier %d %% é".formatted(i);
            tiers.add(new Tier(name, conditions(oracle, random, 3), conditions(oracle, random, 2)));
        }
        if (random.nextBoolean()) {
            tiers.add(new Tier("Other", List.of(), List.of()));
        }
        return new TierOracle(oracle, tiers);
    }

    private static List<Condition> conditions(Oracle oracle, Random random, int most) {
        List<Condition> conditions = new ArrayList<>();
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            String measure = Workload.one(random, MEASURES);
            BigDecimal one = bound(oracle, random, measure);
            BigDecimal other = bound(oracle, random, measure);
            int ends = random.nextInt(3);
            conditions.add(new Condition(
                    random.nextInt(oracle.board().metrics().size()),
                    measure,
                    ends == 0 ? null : ends == 1 ? one : one.min(other),
                    ends == 0 ? one : ends == 1 ? null : one.max(other)));
        }
        return conditions;
    }

    private static BigDecimal bound(Oracle oracle, Random random, String measure) {
        return switch (measure) {
            case "rank" -> BigDecimal.valueOf(1 + random.nextInt(20));
            case "percentile" -> BigDecimal.valueOf(random.nextInt(11) * 10L);
            default -> Workload.score(random, oracle.board());
        };
    }

    /** The request that defines them. */
    public String json() {
        return tiers.stream()
                .map(tier -> "{\"name\":\"%s\",\"all\":%s,\"any\":%s}"
                        .formatted(tier.name(), json(tier.all()), json(tier.any())))
                .collect(Collectors.joining(",", "{\"tiers\":[", "]}"));
    }

    private String json(List<Condition> conditions) {
        return conditions.stream().map(this::json).collect(Collectors.joining(",", "[", "]"));
    }

    private String json(Condition one) {
        String metric = one.metric() == 0
                ? ""
                : "\"metric\":\"" + oracle.board().metrics().get(one.metric()) + "\",";
        String measure = one.measure().equals("score") ? "" : "\"" + one.measure() + "\":true,";
        String min = one.min() == null ? "" : "\"min\":" + one.min().toPlainString();
        String max = one.max() == null ? "" : "\"max\":" + one.max().toPlainString();
        return "{" + metric + measure + min + (min.isEmpty() || max.isEmpty() ? "" : ",") + max + "}";
    }

    /** The name of the first tier that fits, by player. */
    public Map<String, String> tiersIn(Window window) {
        List<OracleRanking> rankings = IntStream.range(
                        0, oracle.board().metrics().size())
                .mapToObj(metric -> oracle.ranking(window, metric))
                .toList();
        Map<String, String> found = new TreeMap<>();
        for (String player : oracle.players()) {
            for (Tier tier : tiers) {
                if (!found.containsKey(player) && fits(tier, rankings, player)) {
                    found.put(player, tier.name());
                }
            }
        }
        return found;
    }

    private static boolean fits(Tier tier, List<OracleRanking> rankings, String player) {
        return tier.all().stream().allMatch(one -> fits(one, rankings, player))
                && (tier.any().isEmpty() || tier.any().stream().anyMatch(one -> fits(one, rankings, player)));
    }

    private static boolean fits(Condition condition, List<OracleRanking> rankings, String player) {
        OracleRanking ranking = rankings.get(condition.metric());
        Optional<Place> place = ranking.of(player);
        if (place.isEmpty()) {
            return false;
        }
        BigDecimal value =
                switch (condition.measure()) {
                    case "rank" -> BigDecimal.valueOf(place.get().rank());
                    case "percentile" ->
                        BigDecimal.valueOf(ranking.percentile(player)).setScale(2, RoundingMode.HALF_UP);
                    default -> place.get().score();
                };
        return (condition.min() == null || value.compareTo(condition.min()) >= 0)
                && (condition.max() == null || value.compareTo(condition.max()) <= 0);
    }
}
