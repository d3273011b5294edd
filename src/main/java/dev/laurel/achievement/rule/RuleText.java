package dev.laurel.achievement.rule;

import dev.laurel.achievement.rule.Rule.Combined;
import dev.laurel.shared.Period;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The form in which rules and tiers are stored. */
public final class RuleText {
    private RuleText() {}

    public static JsonObject write(Rule rule) {
        if (rule instanceof Combined combined) {
            JsonArray parts = new JsonArray();
            combined.parts().forEach(part -> parts.add(write(part)));
            return new JsonObject().put(combined.kind().name().toLowerCase(Locale.ROOT), parts);
        }
        Condition one = (Condition) rule;
        JsonObject json = new JsonObject().put("measure", one.measure().name()).put("less", one.less());
        putUnlessNull(json, "board", one.board());
        putUnlessNull(json, "tag", one.tag());
        putUnlessNull(json, "period", one.period() == null ? null : one.period().name());
        putUnlessNull(json, "bound", one.bound() == null ? null : one.bound().toPlainString());
        return json;
    }

    private static void putUnlessNull(JsonObject json, String name, String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    public static Rule readRule(String text) {
        return rule(new JsonObject(text));
    }

    private static Rule rule(JsonObject json) {
        for (Combined.Kind kind : Combined.Kind.values()) {
            JsonArray parts = json.getJsonArray(kind.name().toLowerCase(Locale.ROOT));
            if (parts != null) {
                List<Rule> rules =
                        parts.stream().map(part -> rule((JsonObject) part)).toList();
                return new Combined(kind, rules);
            }
        }
        String period = json.getString("period");
        String bound = json.getString("bound");
        return new Condition(
                Measure.valueOf(json.getString("measure")),
                json.getString("board"),
                json.getString("tag"),
                period == null ? null : Period.valueOf(period),
                bound == null ? null : new BigDecimal(bound),
                json.getBoolean("less"));
    }

    /** Lists keep their order in PostgreSQL, objects do not. */
    public static JsonArray write(List<Tier> tiers) {
        JsonArray list = new JsonArray();
        tiers.forEach(tier ->
                list.add(new JsonArray().add(tier.name()).add(tier.threshold().toPlainString())));
        return list;
    }

    public static List<Tier> readTiers(String text) {
        return new JsonArray(text)
                .stream()
                        .map(JsonArray.class::cast)
                        .map(tier -> new Tier(tier.getString(0), new BigDecimal(tier.getString(1))))
                        .toList();
    }
}
