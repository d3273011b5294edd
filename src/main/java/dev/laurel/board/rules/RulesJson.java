package dev.laurel.board.rules;

import dev.laurel.shared.Period;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;
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
}
