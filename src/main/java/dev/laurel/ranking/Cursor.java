package dev.laurel.ranking;

import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import dev.laurel.standings.OrderKey;
import dev.laurel.standings.WindowRef;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where a reader has come to in a ranking: the place of the last entry seen, in one generation of one window. It keeps
 * its meaning when players move, and when the window closes.
 *
 * @param windowId name of the window, without generation
 */
record Cursor(Period period, String windowId, long windowKey, int metric, OrderKey place) {
    private static final String SEPARATOR = " ";

    static Cursor behind(WindowRef window, OrderKey place) {
        return new Cursor(
                window.period(), window.window().id().replaceAll("#.*", ""), window.key(), window.metric(), place);
    }

    /** The metric stands last, and only where it is not the first: so cursors are those of the version before. */
    String encode() {
        String text = String.join(
                SEPARATOR,
                period.path(),
                windowId,
                Long.toString(windowKey),
                Long.toString(place.sortKey()),
                Long.toString(place.tie()),
                place.playerId());
        if (metric > 0) {
            text += SEPARATOR + metric;
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @throws InvalidInput when it is no cursor of Laurel's
     */
    static Cursor decode(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(SEPARATOR);
            if (parts.length == 6 || parts.length == 7) {
                OrderKey place = new OrderKey(Long.parseLong(parts[3]), Long.parseLong(parts[4]), parts[5]);
                return new Cursor(
                        Period.ofPath("cursor", parts[0]),
                        parts[1],
                        Long.parseLong(parts[2]),
                        parts.length == 7 ? Integer.parseInt(parts[6]) : 0,
                        place);
            }
        } catch (IllegalArgumentException e) {
            // falls through: not one of ours
        }
        throw new InvalidInput("cursor", "must be a cursor as answered in next");
    }

    /** Whether this cursor belongs to the ranking asked for; a query without a window means any. */
    boolean belongsTo(RankingQuery query) {
        return period == query.period()
                && (query.window() == null
                        || query.window().equals(windowId)
                        || query.window().equals(generationId()));
    }

    /** Name of the generation this cursor belongs to, once that has been closed by a reset. */
    String generationId() {
        return windowId + "#" + (Math.floorMod(windowKey, (long) Window.MAX_GENERATIONS) + 1);
    }
}
