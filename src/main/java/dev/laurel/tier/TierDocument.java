package dev.laurel.tier;

import dev.laurel.tier.TierCondition.Measure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Tiers as they are stored: numbers are texts, so that they stay exact. */
final class TierDocument {
    private TierDocument() {}

    static String write(TierDefinition definition) {
        return array(definition.tiers(), tier -> new JsonObject()
                        .put("name", tier.name())
                        .put("all", array(tier.all(), TierDocument::condition))
                        .put("any", array(tier.any(), TierDocument::condition)))
                .encode();
    }

    private static JsonObject condition(TierCondition condition) {
        return new JsonObject()
                .put("metric", condition.metric())
                .put("measure", condition.measure().name())
                .put("min", text(condition.min()))
                .put("max", text(condition.max()));
    }

    private static <T> JsonArray array(List<T> items, Function<T, JsonObject> map) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(map.apply(item)));
        return array;
    }

    private static String text(BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }

    static TierDefinition read(String json) {
        return new TierDefinition(list(
                new JsonArray(json),
                tier -> new Tier(
                        tier.getString("name"),
                        list(tier.getJsonArray("all"), TierDocument::condition),
                        list(tier.getJsonArray("any"), TierDocument::condition))));
    }

    private static TierCondition condition(JsonObject json) {
        return new TierCondition(
                json.getString("metric"),
                Measure.valueOf(json.getString("measure")),
                number(json.getString("min")),
                number(json.getString("max")));
    }

    private static <T> List<T> list(JsonArray array, Function<JsonObject, T> map) {
        return IntStream.range(0, array.size())
                .mapToObj(array::getJsonObject)
                .map(map)
                .toList();
    }

    private static BigDecimal number(String text) {
        return text == null ? null : new BigDecimal(text);
    }
}
