package dev.laurel.faults;

import dev.laurel.testing.BoardSpec;
import dev.laurel.testing.Period;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A board under test with its players and its journal. Higher scores rank first, with competition ranks. */
final class Contest {
    private static final String PLAYER = "p%07d";

    private final BoardSpec board;
    private final int players;
    private final Bounds bounds;
    private final Map<String, Track> tracks = new ConcurrentHashMap<>();

    private Contest(BoardSpec board, int players) {
        this.board = board;
        this.players = players;
        this.bounds = new Bounds(board.operator().equals("BEST"), players);
    }

    /** A board that adds scores up or keeps the best one, in all five periods; its windows outlast any run. */
    static Contest of(String name, String operator, int players) {
        BoardSpec board = new BoardSpec(
                name + "-" + operator.toLowerCase(java.util.Locale.ROOT),
                operator,
                "DESC",
                "COMPETITION",
                0,
                EnumSet.copyOf(Period.calendar()),
                ZoneOffset.UTC,
                Duration.ofDays(2));
        return new Contest(board, players);
    }

    BoardSpec board() {
        return board;
    }

    boolean best() {
        return board.operator().equals("BEST");
    }

    int players() {
        return players;
    }

    Bounds bounds() {
        return bounds;
    }

    /** The page of the journal under this name, which only one sender writes. */
    Track track(String name) {
        return tracks.computeIfAbsent(name, Track::new);
    }

    List<Track> tracks() {
        return List.copyOf(tracks.values());
    }

    /** Ids whose byte order is the order of their numbers. */
    static String player(int number) {
        return PLAYER.formatted(number);
    }

    static int number(String player) {
        return Integer.parseInt(player.substring(1));
    }

    /** Notes an event that is about to be sent for the first time, and answers its number. */
    int sending(Track track, int player, int score, boolean withId) {
        bounds.sending(player, score);
        return track.sending(player, score, withId);
    }

    void acknowledged(Track track, int event) {
        track.acknowledged(event);
        bounds.acknowledged(track.player(event), track.score(event));
    }
}
