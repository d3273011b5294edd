package dev.laurel.testing;

import static dev.laurel.testing.BoardBuilder.aBoard;

import java.util.List;

/**
 * A day of seven players with ties inside: ada 50, cyd and bob 40 (cyd was first), dan, eve and fay 30 (dan and eve at
 * the same instant, fay later), gil 0. The day has 23 hours, for the board is in Berlin; hal played the day after.
 */
public final class SmallRanking {

    /** The seven players' day. */
    public static final String DAY = "2025-03-30";

    /** The seven players, best first. */
    public static final List<String> PLAYERS = List.of("ada", "cyd", "bob", "dan", "eve", "fay", "gil");

    /** Their ranks. */
    public static final List<Integer> RANKS = List.of(1, 2, 2, 4, 4, 4, 7);

    private SmallRanking() {}

    /** Makes the board without yearly windows and answers its id. */
    public static String on(LaurelApi api) {
        BoardSpec board = aBoard("small")
                .keeping(List.of(Period.DAILY, Period.WEEKLY, Period.MONTHLY, Period.ALL_TIME))
                .zone("Europe/Berlin")
                .lateDays(3_650)
                .build();
        api.putBoard(board).expect(201);
        for (ScoreEvent event : List.of(
                ScoreEvent.of("gil", "0").at("2025-03-29T23:00:00Z"),
                ScoreEvent.of("fay", "30").at("2025-03-30T03:00:00.001Z"),
                ScoreEvent.of("eve", "30").at("2025-03-30T03:00:00Z"),
                ScoreEvent.of("dan", "30").at("2025-03-30T03:00:00Z"),
                ScoreEvent.of("bob", "40").at("2025-03-30T10:00:00Z"),
                ScoreEvent.of("cyd", "40").at("2025-03-30T09:59:59.999Z"),
                ScoreEvent.of("ada", "50").at("2025-03-30T21:59:59.999Z"),
                ScoreEvent.of("hal", "7").at("2025-03-30T22:00:00Z"))) {
            api.submit(board.id(), event).expect(200);
        }
        return board.id();
    }
}
