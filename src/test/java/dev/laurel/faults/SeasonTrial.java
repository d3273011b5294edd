package dev.laurel.faults;

import dev.laurel.testing.LaurelApi;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** A board that adds up, with seasons of one second, one behind the other, and the journal of what is sent to it. */
final class SeasonTrial {
    static final int PLAYERS = 100;

    private static final long LENGTH_MILLIS = 1_000;
    private static final String DEFINITION = """
            {"title":"Seasons of a second","operator":"SUM","order":"DESC","rankMode":"COMPETITION",
             "periods":["SEASON"],"lateness":"PT0S"}""";

    private final String board;
    private final long start;
    private final int seasons;
    private final Collection<SeasonEvent> events = new ConcurrentLinkedQueue<>();

    private SeasonTrial(String board, long start, int seasons) {
        this.board = board;
        this.start = start;
        this.seasons = seasons;
    }

    /** Creates the board and its seasons, the first of which begins after the last has been created. */
    static SeasonTrial define(LaurelApi api, String board, int seasons) {
        Duration lead = Duration.ofSeconds(5).plusMillis(60L * seasons);
        // Whole seconds: the jobs of all processes look for what is due at these moments.
        long start = (System.currentTimeMillis() + lead.toMillis()) / 1_000 * 1_000;
        SeasonTrial trial = new SeasonTrial(board, start, seasons);
        api.putBoard(board, DEFINITION).expect(201);
        for (int i = 0; i < seasons; i++) {
            api.put("/api/v1/boards/" + board + "/seasons/" + trial.id(i), trial.json(i))
                    .expect(201);
        }
        if (System.currentTimeMillis() >= start) {
            throw new AssertionError("creating " + seasons + " seasons took more than " + lead);
        }
        return trial;
    }

    private String json(int season) {
        return "{\"title\":\"Season %d\",\"start\":\"%s\",\"end\":\"%s\"}"
                .formatted(season, Instant.ofEpochMilli(end(season - 1)), Instant.ofEpochMilli(end(season)));
    }

    String board() {
        return board;
    }

    int seasons() {
        return seasons;
    }

    /** The name of a season and of its window. */
    String id(int season) {
        return "second-" + season;
    }

    List<String> ids() {
        return IntStream.range(0, seasons).mapToObj(this::id).toList();
    }

    long start() {
        return start;
    }

    /** First millisecond that no longer belongs to a season, and that of the boundary behind it. */
    long end(int season) {
        return start + (season + 1) * LENGTH_MILLIS;
    }

    /** The season of an instant; below 0 or beyond the last one where there is none. */
    int at(long instant) {
        return (int) Math.floorDiv(instant - start, LENGTH_MILLIS);
    }

    /** The window in which an event of this instant counts; empty before the first season and after the last. */
    String windowAt(long instant) {
        int season = at(instant);
        return season >= 0 && season < seasons ? id(season) : "";
    }

    /** Notes an event that is about to be sent for the first time. */
    void sending(SeasonEvent event) {
        events.add(event);
    }

    Collection<SeasonEvent> events() {
        return events;
    }

    /** Waits until so many milliseconds after the end of a season. */
    void awaitEnd(int season, long after) {
        long until = end(season) + after;
        for (long left = until - System.currentTimeMillis(); left > 0; left = until - System.currentTimeMillis()) {
            Load.pause(left);
        }
    }
}
