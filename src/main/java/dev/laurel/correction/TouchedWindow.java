package dev.laurel.correction;

import dev.laurel.board.Board;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import dev.laurel.standings.window.WindowRef;
import dev.laurel.standings.window.WindowState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A window affected by an adjustment.
 *
 * @param before the player's score and instant before it for each metric, one after the other; null without a
 *     standing
 */
public record TouchedWindow(WindowRef window, List<Long> before) {
    public Period period() {
        return window.period();
    }

    public String windowId() {
        return window.id();
    }

    long key() {
        return window.key();
    }

    /** The window's first instant, derived from its key. */
    Instant start() {
        return Instant.ofEpochMilli(Math.floorDiv(window.key(), (long) Window.MAX_GENERATIONS));
    }

    /** Encodes windows as JSON for storage. */
    static String encode(List<TouchedWindow> touched) {
        JsonArray list = new JsonArray();
        touched.forEach(one -> list.add(new JsonObject()
                .put("period", one.period().code())
                .put("key", one.key())
                .put("window", one.windowId())
                .put("before", one.before() == null ? null : new JsonArray(one.before()))));
        return list.encode();
    }

    /** Restores the windows by name and key only: their start, end and state are not stored. */
    static List<TouchedWindow> decode(Board board, String json) {
        JsonArray list = new JsonArray(json);
        List<TouchedWindow> touched = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            JsonObject one = list.getJsonObject(i);
            Window window = new Window(Period.ofCode(one.getInteger("period")), one.getString("window"), null, null);
            WindowRef ref = new WindowRef(board, window, one.getLong("key"), window.id(), WindowState.OPEN, true);
            touched.add(new TouchedWindow(ref, longs(one.getJsonArray("before"))));
        }
        return touched;
    }

    private static List<Long> longs(JsonArray list) {
        if (list == null) {
            return null;
        }
        List<Long> longs = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            longs.add(list.getLong(i));
        }
        return longs;
    }
}
