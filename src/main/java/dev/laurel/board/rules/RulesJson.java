package dev.laurel.board.rules;

import dev.laurel.shared.Period;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rules as they are stored with a board: a JSON object, or null where there are none. SQL functions read them, too. */
public final class RulesJson {
    private RulesJson() {}

    public static PlausibilityRules plausibility(String json) {
        if (json == null) {
            return PlausibilityRules.NONE;
        }
        JsonObject rules = new JsonObject(json);
        return new PlausibilityRules(
                rules.getLong("minScore"),
                rules.getLong("maxScore"),
                rules.getLong("maxStep"),
                rules.getInteger("maxEventsPerMinute"),
                rules.getLong("maxSumPerDay"));
    }

    public static String write(PlausibilityRules rules) {
        if (rules.isNone()) {
            return null;
        }
        JsonObject json = new JsonObject();
        put(json, "minScore", rules.minScore());
        put(json, "maxScore", rules.maxScore());
        put(json, "maxStep", rules.maxStep());
        put(json, "maxEventsPerMinute", rules.maxEventsPerMinute());
        put(json, "maxSumPerDay", rules.maxSumPerDay());
        return json.encode();
    }

    private static void put(JsonObject json, String name, Number limit) {
        if (limit != null) {
            json.put(name, limit);
        }
    }

    /** Null for no leagues. */
    public static LeagueRules leagues(String json) {
        if (json == null) {
            return null;
        }
        JsonObject rules = new JsonObject(json);
        JsonArray tiers = rules.getJsonArray("tiers");
        List<String> names =
                IntStream.range(0, tiers.size()).mapToObj(tiers::getString).toList();
        return new LeagueRules(
                Period.ofCode(rules.getInteger("period")),
                rules.getInteger("size"),
                rules.getInteger("promote"),
                rules.getInteger("demote"),
                names);
    }

    public static String write(LeagueRules rules) {
        return rules == null
                ? null
                : new JsonObject()
                        .put("period", rules.period().code())
                        .put("size", rules.size())
                        .put("promote", rules.promote())
                        .put("demote", rules.demote())
                        .put("tiers", new JsonArray(rules.tiers()))
                        .encode();
    }

    /** Derived metrics by name, in their order: an array, since an object does not keep one everywhere. */
    public static Map<String, DerivedMetric> derived(String json) {
        Map<String, DerivedMetric> derived = new LinkedHashMap<>();
        if (json == null) {
            return derived;
        }
        JsonArray list = new JsonArray(json);
        for (int i = 0; i < list.size(); i++) {
            JsonObject one = list.getJsonObject(i);
            Map<String, BigDecimal> weights = new LinkedHashMap<>();
            JsonArray weighted = one.getJsonArray("weighted", new JsonArray());
            for (int n = 0; n < weighted.size(); n += 2) {
                weights.put(weighted.getString(n), new BigDecimal(weighted.getString(n + 1)));
            }
            derived.put(one.getString("name"), new DerivedMetric(one.getString("gainOf"), weights));
        }
        return derived;
    }

    /** Null for none. */
    public static String write(Map<String, DerivedMetric> derived) {
        if (derived.isEmpty()) {
            return null;
        }
        JsonArray list = new JsonArray();
        derived.forEach((name, rule) -> {
            JsonObject one = new JsonObject().put("name", name);
            if (rule.isGain()) {
                one.put("gainOf", rule.gainOf());
            } else {
                JsonArray weighted = new JsonArray();
                rule.weighted().forEach((input, weight) -> weighted.add(input).add(weight.toPlainString()));
                one.put("weighted", weighted);
            }
            list.add(one);
        });
        return list.encode();
    }
}
