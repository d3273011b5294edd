package dev.laurel.board.rules;

import io.vertx.core.json.JsonObject;

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
}
