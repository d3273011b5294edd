package dev.laurel.board;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The seasons of a board as stored with it: always read and changed together, under the board's lock. */
final class SeasonList {
    private SeasonList() {}

    static List<Season> read(String json) {
        JsonArray list = new JsonArray(json);
        return IntStream.range(0, list.size())
                .mapToObj(list::getJsonObject)
                .map(one -> new Season(
                        one.getString("id"),
                        one.getString("title"),
                        Instant.ofEpochMilli(one.getLong("start")),
                        Instant.ofEpochMilli(one.getLong("end"))))
                .toList();
    }

    static String write(List<Season> seasons) {
        JsonArray list = new JsonArray();
        seasons.stream()
                .sorted(Comparator.comparing(Season::start))
                .forEach(one -> list.add(new JsonObject()
                        .put("id", one.id())
                        .put("title", one.title())
                        .put("start", one.start().toEpochMilli())
                        .put("end", one.end().toEpochMilli())));
        return list.encode();
    }
}
