package dev.laurel.ranking;

import dev.laurel.board.Board;
import dev.laurel.shared.LaurelException.InvalidInput;
import dev.laurel.shared.Period;
import dev.laurel.shared.Window;
import dev.laurel.standings.rank.OrderKey;
import dev.laurel.standings.window.RankingRef;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * A reader's position in a ranking: the place of the last entry seen, in one generation of one window of one board or
 * segment. It stays valid when players move, and when the window closes.
 *
 * @param boardId identifies one incarnation of a board; {@value #ANY_BOARD} in cursors of the previous version,
 *     which did not name it
 * @param windowId name of the window, without generation
 * @param segment name of the segment; null for the whole board
 */
record Cursor(int boardId, Period period, String windowId, long windowKey, int metric, String segment, OrderKey place) {
    private static final String SEPARATOR = " ";
    private static final String VERSION = "2";
    private static final int PARTS = 9;

    /** Of rankings of segments; the name of the segment comes second. */
    private static final String SEGMENT_VERSION = "3";

    private static final int ANY_BOARD = 0;

    static Cursor after(RankingRef ranking, OrderKey place) {
        return new Cursor(
                ranking.board().id(),
                ranking.period(),
                ranking.window().window().id().replaceAll("#.*", ""),
                ranking.key(),
                ranking.metric(),
                ranking.segment() == null ? null : ranking.segment().name(),
                place);
    }

    /** The player comes last, since an id may contain spaces. */
    String encode() {
        String version = segment == null ? VERSION : SEGMENT_VERSION + SEPARATOR + base64(segment);
        String text = String.join(
                SEPARATOR,
                version,
                Integer.toString(boardId),
                period.path(),
                windowId,
                Long.toString(windowKey),
                Integer.toString(metric),
                Long.toString(place.sortKey()),
                Long.toString(place.tie()),
                place.playerId());
        return base64(text);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    /** @throws InvalidInput when it is not a cursor of Laurel */
    static Cursor decode(String text) {
        try {
            String decoded = text(text);
            if (decoded.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("No text of PostgreSQL contains it");
            }
            String[] parts = decoded.split(SEPARATOR, PARTS);
            if (parts.length == PARTS && VERSION.equals(parts[0])) {
                return of(parts, 1, null);
            }
            String[] ofSegment = decoded.split(SEPARATOR, PARTS + 1);
            if (ofSegment.length == PARTS + 1 && SEGMENT_VERSION.equals(ofSegment[0])) {
                return of(ofSegment, 2, text(ofSegment[1]));
            }
            if (parts.length == 6 || parts.length == 7) {
                return ofVersionBefore(parts);
            }
        } catch (IllegalArgumentException e) {
            // falls through: not one of ours
        }
        throw new InvalidInput("cursor", "must be a cursor returned in next");
    }

    private static Cursor of(String[] parts, int from, String segment) {
        return new Cursor(
                Integer.parseInt(parts[from]),
                Period.ofPath("cursor", parts[from + 1]),
                parts[from + 2],
                Long.parseLong(parts[from + 3]),
                Integer.parseInt(parts[from + 4]),
                segment,
                new OrderKey(Long.parseLong(parts[from + 5]), Long.parseLong(parts[from + 6]), parts[from + 7]));
    }

    /** Readers keep their place while the service is upgraded. */
    private static Cursor ofVersionBefore(String[] parts) {
        return new Cursor(
                ANY_BOARD,
                Period.ofPath("cursor", parts[0]),
                parts[1],
                Long.parseLong(parts[2]),
                parts.length == 7 ? Integer.parseInt(parts[6]) : 0,
                null,
                new OrderKey(Long.parseLong(parts[3]), Long.parseLong(parts[4]), parts[5]));
    }

    /**
     * Requires that this cursor belongs to the requested ranking. A query that names no window means the cursor's
     * window, so that a reader can continue after the window has ended.
     *
     * @throws InvalidInput when it belongs to another one
     */
    void requireOf(Board board, RankingQuery query) {
        boolean sameBoard = boardId == ANY_BOARD || boardId == board.id();
        boolean sameWindow = query.window() == null
                || query.window().equals(windowId)
                || query.window().equals(generationId());
        boolean sameMetric = board.definition().metric(query.metric()) == metric;
        boolean sameSegment = Objects.equals(segment, query.segment());
        if (!sameBoard || period != query.period() || !sameWindow || !sameMetric || !sameSegment) {
            throw ofAnotherRanking();
        }
    }

    static InvalidInput ofAnotherRanking() {
        return new InvalidInput("cursor", "belongs to another ranking");
    }

    /** Name of the generation this cursor belongs to, once a reset has closed it. */
    String generationId() {
        return windowId + "#" + (Math.floorMod(windowKey, (long) Window.MAX_GENERATIONS) + 1);
    }
}
